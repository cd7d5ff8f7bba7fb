import type { GetStatementDoubt } from '../../../api/schema'
import { askText } from '../../../components/ask'
import { page } from '../../../components/page'
import { minus, yuan } from '../../../domain/amounts'
import { longDay, monthName } from '../../../domain/dates'
import { lineOf } from '../../../domain/statements'
import { lineKinds, statementStates } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { answerDoubt, getStatement, listLines } from '../../../services/statements'

const doubt = (d: GetStatementDoubt, today: string) => ({
  id: d.id, title: `${lineKinds[d.kind]}，${d.coins} 枚，${yuan(Number(d.fen))} 元`, isOpen: d.state === 'open', until: d.state === 'open' && d.answerBy ? `${longDay(d.answerBy.slice(0, 10), today)}前要答复` : '',
  end: d.state === 'open' ? '' : d.state === 'corrected' ? `更正 ${yuan(Number(d.correctionFen))} 元，记到下个月` : '核对无误', words: d.words.map((w) => ({ id: w.id, who: w.isMerchant ? '商家' : '社区', text: w.text })),
})

/** A merchant's 对账单 as staff see it: how it adds up, what is doubted, each line. */
page({
  data: { id: '', merchant: '', month: '', state_: '', tone: '', yuan: '', what: '', parts: [] as { key: string; what: string; yuan: string }[], doubts: [] as ReturnType<typeof doubt>[], lines: [] as ReturnType<typeof lineOf>[], next: '' },
  async load({ id = '' }) {
    const [{ today }, { head, parts, doubts, payableFen, payableCoins }, lines] = await Promise.all([getCommunity(), getStatement(id), listLines(id)])
    return {
      id, merchant: head.merchant, month: monthName(head.month), state_: statementStates[head.state].text, tone: statementStates[head.state].tone, yuan: yuan(Number(head.finalFen ?? payableFen)), what: `${head.captures} 份，${payableCoins} 枚`,
      parts: parts.map((p, i) => ({ key: String(i), what: `${lineKinds[p.kind]} ${p.lines} 笔，${minus(Number(p.coins))} 枚${p.paper ? `（${p.paper}）` : ''}`, yuan: yuan(Number(p.fen)) })),
      doubts: doubts.map((d) => doubt(d, today)), lines: lines.items.map((l) => lineOf(l, today)), next: lines.next ?? '',
    }
  },
  async answer(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const { id } = event.currentTarget.dataset
    const text = await askText('答复商家', '写明核对的结果')
    if (!text) return
    const said = await askText('要更正多少元？', '多算的填负数，不用更正填 0', '答复')
    if (said === undefined) return
    const fen = Math.round(Number(said) * 100)
    if (said === '' || !Number.isSafeInteger(fen)) return this.setData({ refusal: '请填数字，例如 −9.00 填 -9。' })
    if (await this.act(() => answerDoubt(id, text, fen))) await this.reload()
  },
  async more() {
    await this.act(async () => {
      const [{ today }, found] = await Promise.all([getCommunity(), listLines(this.data.id, this.data.next)])
      this.setData({ lines: [...this.data.lines, ...found.items.map((l) => lineOf(l, today))], next: found.next ?? '' })
    })
  },
})

import type { GetStatementDoubt, GetStatementLine } from '../../../api/schema'
import { askText, confirm } from '../../../components/ask'
import { page } from '../../../components/page'
import { yuan } from '../../../domain/amounts'
import { daysOfMonth, longDay, monthName } from '../../../domain/dates'
import { lineOf } from '../../../domain/statements'
import { lineKinds, statementStates } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { confirmStatement, doubtLine, getChart, getStatement, listLines, sayOnDoubt } from '../../../services/statements'

const line = (l: GetStatementLine, today: string) => {
  const seen = lineOf(l, today)
  return { ...seen, kind: l.kind, seq: Number(l.seq), when: seen.when + (l.fromMonth ? `，来自 ${monthName(l.fromMonth)}` : '') }
}

const doubt = (d: GetStatementDoubt, today: string) => ({
  id: d.id, title: `${lineKinds[d.kind]}，${d.coins} 枚`, isOpen: d.state === 'open', until: d.state === 'open' && d.answerBy ? `${longDay(d.answerBy.slice(0, 10), today)}前答复` : '',
  end: d.state === 'open' ? '' : d.state === 'corrected' ? `已更正 ${yuan(Number(d.correctionFen))} 元，记到下个月` : '核对无误', isOut: d.isMovedOut,
  words: d.words.map((w) => ({ id: w.id, who: w.isMerchant ? '我' : '社区', text: w.text })),
})

/** 对账单: what is paid for a month, each line of it, confirmed with one tap or doubted line by line. */
page({
  data: {
    id: '', answerWithinDays: 0, month: '', mayConfirm: false, state_: '', tone: '', yuan: '', what: '', until: '', paid: '',
    bars: [] as { day: string; height: number }[], lines: [] as ReturnType<typeof line>[], next: '', doubts: [] as ReturnType<typeof doubt>[],
  },
  async load({ id = '' }) {
    const [{ today }, { head, doubts, isSilenceConsent, answerWithinDays, payableFen, payableCoins }, lines, chart] = await Promise.all([getCommunity(), getStatement(id), listLines(id), getChart(id)])
    const captures = new Map(chart.days.map((d) => [d.day, d.captures]))
    const most = Math.max(...captures.values())
    const mayConfirm = head.state === 'sent' || head.state === 'resolved' || (head.state === 'disputed' && !head.confirmedAt)
    return {
      id, answerWithinDays, month: monthName(head.month), mayConfirm: mayConfirm && !head.confirmedAt, state_: statementStates[head.state].text, tone: statementStates[head.state].tone,
      yuan: yuan(Number(head.finalFen ?? payableFen)), what: `${head.captures} 份${Number(payableCoins) === Number(head.coins) ? '' : '，有疑问的先不算'}，收到 ${payableCoins} 枚`,
      until: head.state === 'disputed' && head.confirmedAt ? '您确认过了。有疑问的等社区答复，其余先拨付。' : mayConfirm && head.confirmBy ? `请在 ${longDay(head.confirmBy, today)}前确认${isSilenceConsent ? '；没有回音，当天自动确认' : ''}。` : '', paid: head.paidAt ? `${longDay(head.paidAt.slice(0, 10), today)}拨付。` : '',
      bars: chart.days.length === 0 ? [] : daysOfMonth(head.month).map((day) => ({ day, height: Math.round(((captures.get(day) ?? 0) / most) * 100) })), lines: lines.items.map((l) => line(l, today)), next: lines.next ?? '', doubts: doubts.map((d) => doubt(d, today)),
    }
  },
  async confirm() {
    if (!(await confirm('确认这份对账单？', `${this.data.month}，${this.data.what}，合 ${this.data.yuan} 元。有疑问的单独等答复，其余先拨付。`, '确认'))) return
    if (await this.act(() => confirmStatement(this.data.id))) await this.reload()
  },
  async doubtLine(event: WechatMiniprogram.BaseEvent<object, { key: string }>) {
    const chosen = this.data.lines.find((l) => l.key === event.currentTarget.dataset.key)!
    if (!this.data.mayConfirm) return
    const text = await askText('这一笔有疑问', `写明哪里不对，社区 ${this.data.answerWithinDays} 个工作日内答复`)
    if (text && (await this.act(() => doubtLine(this.data.id, chosen.kind, chosen.seq, text)))) await this.reload()
  },
  async say(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const text = await askText('补充说明', '社区会看到')
    if (text && (await this.act(() => sayOnDoubt(event.currentTarget.dataset.id, text)))) await this.reload()
  },
  async more() {
    await this.act(async () => {
      const [{ today }, found] = await Promise.all([getCommunity(), listLines(this.data.id, this.data.next)])
      this.setData({ lines: [...this.data.lines, ...found.items.map((l) => line(l, today))], next: found.next ?? '' })
    })
  },
})

import type { ListStatementsItem } from '../../../api/schema'
import { askText } from '../../../components/ask'
import { go, page } from '../../../components/page'
import { yuan } from '../../../domain/amounts'
import { monthName } from '../../../domain/dates'
import { statementStates } from '../../../domain/words'
import { getMe } from '../../../services/people'
import { listStatements, preparePayout } from '../../../services/statements'

const view = (s: ListStatementsItem) => ({
  id: s.id, merchant: s.merchant, month: monthName(s.month), what: `${s.captures} 份，${s.coins} 枚`, yuan: yuan(Number(s.finalFen ?? s.fen)), state: statementStates[s.state].text, tone: statementStates[s.state].tone,
  mayGo: s.state === 'confirmed' || s.state === 'resolved' || s.state === 'approved' || (s.state === 'disputed' && s.confirmedAt !== null), isChosen: false,
})

/** 对账单 of all merchants; the treasurer puts confirmed ones together for the payer. */
page({
  data: { isTreasurer: false, statements: [] as ReturnType<typeof view>[], chosen: 0, next: '' },
  async load() {
    const [{ roles }, found] = await Promise.all([getMe(), listStatements()])
    return { isTreasurer: roles.includes('treasurer'), statements: found.items.map(view), chosen: 0, next: found.next ?? '' }
  },
  choose(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const statements = this.data.statements.map((s) => (s.id === event.currentTarget.dataset.id ? { ...s, isChosen: !s.isChosen } : s))
    this.setData({ statements, chosen: statements.filter((s) => s.isChosen).length })
  },
  async prepare() {
    const payer = await askText(`拨付 ${this.data.chosen} 份对账单`, '拨付单位，如 双流区慈善会', '编制')
    if (!payer) return
    let id = ''
    await this.act(async () => {
      id = (await preparePayout(this.data.statements.filter((s) => s.isChosen).map((s) => s.id), payer)).id
    })
    if (id) go(`/packages/staff/payout/payout?id=${id}`)
  },
  async more() {
    await this.act(async () => {
      const found = await listStatements({ cursor: this.data.next })
      this.setData({ statements: [...this.data.statements, ...found.items.map(view)], next: found.next ?? '' })
    })
  },
})

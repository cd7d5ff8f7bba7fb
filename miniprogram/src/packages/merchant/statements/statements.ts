import type { ListStatementsItem } from '../../../api/schema'
import { yuan } from '../../../domain/amounts'
import { monthName } from '../../../domain/dates'
import { statementStates } from '../../../domain/words'
import { page } from '../../../components/page'
import { listStatements } from '../../../services/statements'
import { listJobs } from '../../../services/till'

const view = (s: ListStatementsItem) => ({ id: s.id, month: monthName(s.month), what: `${s.captures} 份，${s.coins} 枚`, yuan: yuan(Number(s.finalFen ?? s.fen)), state: statementStates[s.state].text, tone: statementStates[s.state].tone })

/** 对账: a statement for each month; what waits for the owner is marked. */
page({
  data: { merchant: '', name: '', statements: [] as ReturnType<typeof view>[], next: '' },
  async load() {
    const { chosen } = await listJobs()
    if (!chosen || chosen.post !== 'owner') return { merchant: '' }
    const found = await listStatements({ merchant: chosen.merchantId })
    return { merchant: chosen.merchantId, name: chosen.name, statements: found.items.map(view), next: found.next ?? '' }
  },
  async more() {
    await this.act(async () => {
      const found = await listStatements({ merchant: this.data.merchant, cursor: this.data.next })
      this.setData({ statements: [...this.data.statements, ...found.items.map(view)], next: found.next ?? '' })
    })
  },
})

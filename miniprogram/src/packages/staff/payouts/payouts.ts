import type { ListPayoutsItem } from '../../../api/schema'
import { page } from '../../../components/page'
import { yuan } from '../../../domain/amounts'
import { longDay } from '../../../domain/dates'
import { payoutStates } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { listPayouts } from '../../../services/statements'

const view = (p: ListPayoutsItem, today: string) => ({ id: p.id, name: p.name, what: `${p.payer}，${p.payments} 家，${longDay(p.preparedAt.slice(0, 10), today)}编制`, yuan: yuan(Number(p.fen)), state: payoutStates[p.state].text, tone: payoutStates[p.state].tone })

/** 拨付批次, newest first. */
page({
  data: { payouts: [] as ReturnType<typeof view>[], next: '' },
  async load() {
    const [{ today }, found] = await Promise.all([getCommunity(), listPayouts()])
    return { payouts: found.items.map((p) => view(p, today)), next: found.next ?? '' }
  },
  async more() {
    await this.act(async () => {
      const [{ today }, found] = await Promise.all([getCommunity(), listPayouts(this.data.next)])
      this.setData({ payouts: [...this.data.payouts, ...found.items.map((p) => view(p, today))], next: found.next ?? '' })
    })
  },
})

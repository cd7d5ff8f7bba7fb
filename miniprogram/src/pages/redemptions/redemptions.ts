import type { MyRedemptionsItem } from '../../api/schema'
import { go, page } from '../../components/page'
import { moment, type Day } from '../../domain/dates'
import { redemptionStates } from '../../domain/words'
import { getCommunity } from '../../services/community'
import { listRedemptions } from '../../services/exchange'

const view = (r: MyRedemptionsItem, today: Day) => ({ id: r.id, title: r.title, merchant: r.merchant, quantity: r.quantity, coins: Number(r.coins), at: moment(r.resolvedAt ?? r.placedAt, today), state: redemptionStates[r.state].text, tone: redemptionStates[r.state].tone })

/** Everything the person exchanged, held or got back. */
page({
  data: { today: '', items: [] as ReturnType<typeof view>[], cursor: null as string | null },
  async load() {
    const [{ today }, { items, next }] = await Promise.all([getCommunity(), listRedemptions()])
    return { today, items: items.map((r) => view(r, today)), cursor: next }
  },
  async more() {
    const { cursor } = this.data
    if (!cursor) return
    await this.act(async () => {
      const { items, next } = await listRedemptions(cursor)
      this.setData({ items: [...this.data.items, ...items.map((r) => view(r, this.data.today))], cursor: next })
    })
  },
  browse: () => go('/pages/exchange/exchange'),
})

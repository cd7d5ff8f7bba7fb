import type { ListCoinEntriesItem } from '../../api/schema'
import { go, page } from '../../components/page'
import { signed } from '../../domain/amounts'
import { longDay, moment, type Day } from '../../domain/dates'
import { getCoins, listEntries } from '../../services/coins'
import { getCommunity } from '../../services/community'

const view = (e: ListCoinEntriesItem, today: Day) => ({ seq: e.seq, title: e.title, note: e.note ?? '', at: moment(e.at, today), change: signed(Number(e.change)), gain: Number(e.change) > 0 })

/** 凤凰币: how many, until when, and where each came from. */
page({
  data: {
    coins: 0, held: 0, paused: '', today: '', lotsSay: '',
    lots: [] as { amount: number; expiresOn: string; until: string }[],
    entries: [] as ReturnType<typeof view>[],
    cursor: null as string | null,
  },
  async load() {
    const [{ today }, coins, entries] = await Promise.all([getCommunity(), getCoins(), listEntries()])
    const lots = coins.lots.map((l) => ({ amount: Number(l.amount), expiresOn: l.expiresOn, until: longDay(l.expiresOn, today) }))
    return {
      today,
      coins: Number(coins.available),
      held: Number(coins.held),
      paused: coins.redeemPaused ? `暂时不能兑换：${coins.redeemPaused}` : '',
      lots,
      lotsSay: lots.map((l) => `${l.amount} 枚，${l.until}到期`).join('；'),
      entries: entries.items.map((e) => view(e, today)),
      cursor: entries.next,
    }
  },
  async more() {
    const { cursor } = this.data
    if (!cursor) return
    await this.act(async () => {
      const { items, next } = await listEntries(cursor)
      this.setData({ entries: [...this.data.entries, ...items.map((e) => view(e, this.data.today))], cursor: next })
    })
  },
  browse: () => go('/pages/activities/activities'),
})

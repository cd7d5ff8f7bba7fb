import type { ExplainCoinsItem } from '../../../api/schema'
import { go, page } from '../../../components/page'
import { dayOf, longDay, type Day } from '../../../domain/dates'
import { explain } from '../../../services/coins'
import { getCommunity } from '../../../services/community'

/** Coins that end on the same day, with what brought each of them. */
function byDay(items: readonly ExplainCoinsItem[], today: Day) {
  const days = new Map<string, { day: string; amount: number; items: { key: string; amount: number; why: string; about: string }[] }>()
  for (const [i, item] of items.entries()) {
    const lot = days.get(item.expiresOn) ?? { day: `${longDay(item.expiresOn, today)}到期`, amount: 0, items: [] }
    lot.amount += Number(item.amount)
    lot.items.push({ key: String(i), amount: Number(item.amount), why: item.why, about: `${longDay(dayOf(item.at), today)}到账，按${item.rule}` })
    days.set(item.expiresOn, lot)
  }
  return [...days.values()]
}

/** 每一枚的由来: for every coin that is there now, what brought it, by which rule, until when. */
page({
  data: { lots: [] as ReturnType<typeof byDay> },
  async load() {
    const [{ today }, items] = await Promise.all([getCommunity(), explain()])
    return { lots: byDay(items, today) }
  },
  browse: () => go('/pages/activities/activities'),
})

import { page } from '../../../components/page'
import { longDay, weekday } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import { getMe } from '../../../services/people'
import { waiting, type Waiting } from '../waiting'

/** 待办: what waits for the person's decision, by role; only the first has a filled button. */
page({
  data: { day: '', count: 0, first: null as Waiting | null, rest: [] as Waiting[], own: 0 },
  async load() {
    const [{ today }, { roles }] = await Promise.all([getCommunity(), getMe()])
    const { items, own } = await waiting(roles, today)
    return { day: `${longDay(today, today)}${weekday(today)}`, count: items.length, first: items[0] ?? null, rest: items.slice(1), own }
  },
})

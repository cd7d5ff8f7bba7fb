import type { ListLooksItem } from '../../../api/schema'
import { page } from '../../../components/page'
import { dayOf, longDay, timeOf, type Day } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import { listLooks } from '../../../services/privacy'

const view = (l: ListLooksItem, today: Day) => ({ id: l.id, what: `${l.who}看了${l.what}`, reason: l.reason ? `原因：${l.reason}` : '', at: `${longDay(dayOf(l.at), today)} ${timeOf(l.at)}` })

/** 谁看过: every look of staff at the person's data, or a child's (?child). */
page({
  data: { today: '', items: [] as ReturnType<typeof view>[], cursor: null as string | null },
  async load(query) {
    const [{ today }, { items, next }] = await Promise.all([getCommunity(), listLooks(query['child'])])
    return { today, items: items.map((l) => view(l, today)), cursor: next }
  },
  async more() {
    const { cursor } = this.data
    if (!cursor) return
    await this.act(async () => {
      const { items, next } = await listLooks(this.query['child'], cursor)
      this.setData({ items: [...this.data.items, ...items.map((l) => view(l, this.data.today))], cursor: next })
    })
  },
})

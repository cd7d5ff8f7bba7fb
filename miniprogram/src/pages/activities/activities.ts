import type { PublicActivitiesItem, PublicMarketsItem } from '../../api/schema'
import { page } from '../../components/page'
import { dayOf, nearDay, span, type Day } from '../../domain/dates'
import { standing } from '../../domain/markets'
import { categories } from '../../domain/words'
import { listActivities } from '../../services/activities'
import { getCommunity } from '../../services/community'
import { listMarkets } from '../../services/markets'

const CATEGORY = 'activities-category'

const view = (a: PublicActivitiesItem, today: Day) => ({
  id: a.id,
  title: a.title,
  category: categories[a.category],
  when: `${nearDay(dayOf(a.nextStart), today)} ${span(a.nextStart, a.nextEnd)}${a.shifts > 1 ? `，共 ${a.shifts} 个时段` : ''}`,
  address: a.nextAddress,
  free: a.freePlaces,
  places: a.freePlaces > 0 ? `还有 ${a.freePlaces} 个名额` : '满了，可以候补',
})

const market = (m: PublicMarketsItem, today: Day, now: string) => ({ id: m.id, title: m.title, when: `${nearDay(dayOf(m.startsAt), today)} ${span(m.startsAt, m.endsAt)}`, ...standing(m, now) })

/** Markets that are coming; where there is none, the last one, for what became of it. */
function shown(markets: PublicMarketsItem[]) {
  const open = markets.filter((m) => m.state === 'open').reverse()
  return open.length > 0 ? open : markets.filter((m) => m.state !== 'cancelled').slice(0, 1)
}

/** 活动: what is coming, by the next shift; one filter. */
page({
  data: {
    filters: [{ value: '', text: '全部' }, ...Object.entries(categories).map(([value, text]) => ({ value, text }))],
    category: '',
    today: '',
    markets: [] as ReturnType<typeof market>[],
    items: [] as ReturnType<typeof view>[],
    cursor: null as string | null,
  },
  async load() {
    const category = wx.getStorageSync(CATEGORY) as string
    const [{ today, now }, { items, next }, markets] = await Promise.all([getCommunity(), listActivities(undefined, category), listMarkets()])
    return { category, today, markets: shown(markets).map((m) => market(m, today, now)), items: items.map((a) => view(a, today)), cursor: next }
  },
  async filter(event: WechatMiniprogram.BaseEvent<object, { value: string }>) {
    wx.setStorageSync(CATEGORY, event.currentTarget.dataset.value)
    await this.reload()
  },
  async more() {
    const { cursor, category, today } = this.data
    if (!cursor) return
    await this.act(async () => {
      const { items, next } = await listActivities(cursor, category)
      this.setData({ items: [...this.data.items, ...items.map((a) => view(a, today))], cursor: next })
    })
  },
  onReachBottom() {
    void this.more()
  },
})

import type { MarketState, StaffMarketsDetail } from '../../../api/schema'
import { go, page } from '../../../components/page'
import { dayOf, nearDay, timeOf, type Day } from '../../../domain/dates'
import { standing } from '../../../domain/markets'
import { getCommunity } from '../../../services/community'
import { listStaffMarkets } from '../../../services/markets'

const FILTERS: readonly { key: MarketState | ''; text: string }[] = [{ key: '', text: '全部' }, { key: 'draft', text: '草稿' }, { key: 'open', text: '招摊中' }, { key: 'closed', text: '待结清' }]

const view = (m: StaffMarketsDetail, today: Day, now: string) => ({
  id: m.id, title: m.title, state: standing(m, now).text, tone: standing(m, now).tone, what: `${nearDay(dayOf(m.startsAt), today)} ${timeOf(m.startsAt)}，摊位 ${m.approved}/${m.maxStalls} 个`, waiting: m.applied > 0 ? `${m.applied} 个申请等审核` : '',
})

/** 公益集市 as staff see them: planned, taking stalls, to be settled. */
page({
  data: { filters: FILTERS, filter: '' as MarketState | '', items: [] as ReturnType<typeof view>[], next: '' },
  async load() {
    const [{ today, now }, found] = await Promise.all([getCommunity(), listStaffMarkets()])
    return { filter: '' as const, items: found.items.map((m) => view(m, today, now)), next: found.next ?? '' }
  },
  async choose(event: WechatMiniprogram.BaseEvent<object, { key: MarketState | '' }>) {
    const filter = event.currentTarget.dataset.key
    await this.act(async () => {
      const [{ today, now }, found] = await Promise.all([getCommunity(), listStaffMarkets(filter || undefined)])
      this.setData({ filter, items: found.items.map((m) => view(m, today, now)), next: found.next ?? '' })
    })
  },
  async onReachBottom() {
    if (!this.data.next) return
    await this.act(async () => {
      const [{ today, now }, found] = await Promise.all([getCommunity(), listStaffMarkets(this.data.filter || undefined, this.data.next)])
      this.setData({ items: [...this.data.items, ...found.items.map((m) => view(m, today, now))], next: found.next ?? '' })
    })
  },
  add: () => go('/packages/staff/fair/fair'),
})

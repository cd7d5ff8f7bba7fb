import type { ActivityState, StaffActivityItem } from '../../../api/schema'
import { go, page } from '../../../components/page'
import { dayOf, nearDay, timeOf, type Day } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import { listNeeds } from '../../../services/needs'
import { listPlans } from '../../../services/planning'
import { states } from '../plan'

const FILTERS: readonly { key: ActivityState | ''; text: string }[] = [{ key: '', text: '全部' }, { key: 'draft', text: '草稿' }, { key: 'published', text: '已发布' }, { key: 'ended', text: '待办结' }]

const view = (a: StaffActivityItem, today: Day) => ({
  id: a.id, title: a.title, state: states[a.state].text, tone: states[a.state].tone,
  when: a.firstStart ? `${nearDay(dayOf(a.firstStart), today)} ${timeOf(a.firstStart)}` : '还没有时段', taken: `报名 ${a.taken}/${a.capacity} 人${a.isHoursOnly ? '，只记时长' : ''}`,
})

/** 活动与需求: what is planned, what is on, what is to be wound up. */
page({
  data: { needs: '', filters: FILTERS, filter: '' as ActivityState | '', items: [] as ReturnType<typeof view>[], next: '' },
  async load() {
    const [{ today }, found, raised] = await Promise.all([getCommunity(), listPlans(), listNeeds('raised')])
    const count = raised.items.length
    return { needs: count > 0 ? `${count}${raised.next ? ' 条以上' : ' 条'}等受理` : '现在没有等受理的', filter: '' as const, items: found.items.map((a) => view(a, today)), next: found.next ?? '' }
  },
  async choose(event: WechatMiniprogram.BaseEvent<object, { key: ActivityState | '' }>) {
    const filter = event.currentTarget.dataset.key
    await this.act(async () => {
      const [{ today }, found] = await Promise.all([getCommunity(), listPlans(filter || undefined)])
      this.setData({ filter, items: found.items.map((a) => view(a, today)), next: found.next ?? '' })
    })
  },
  async onReachBottom() {
    if (!this.data.next) return
    await this.act(async () => {
      const [{ today }, found] = await Promise.all([getCommunity(), listPlans(this.data.filter || undefined, this.data.next)])
      this.setData({ items: [...this.data.items, ...found.items.map((a) => view(a, today))], next: found.next ?? '' })
    })
  },
  add: () => go('/packages/staff/edit/edit'),
})

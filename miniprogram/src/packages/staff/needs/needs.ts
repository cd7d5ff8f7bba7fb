import type { NeedState, StaffNeedsItem } from '../../../api/schema'
import { go, page } from '../../../components/page'
import { longDay, moment, type Day } from '../../../domain/dates'
import { needStates, visitOf } from '../../../domain/needs'
import { categories } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { listNeeds } from '../../../services/needs'

const FILTERS = (['raised', 'accepted', 'arranged', 'done', 'declined', 'referred', 'withdrawn'] as const).map((key) => ({ key, text: needStates[key].text }))

const note = ({ need: n, isOverdue, isToConfirm }: StaffNeedsItem, today: Day) =>
  isOverdue ? '过了期限，请尽快看' : isToConfirm ? '时段过了，问问帮好没有' : n.state === 'raised' ? `${longDay(n.triageBy, today)}前要回复` : n.state === 'arranged' ? visitOf(n, today) : ''

const view = (i: StaffNeedsItem, today: Day) => ({
  id: i.need.id, name: i.need.helpedName, what: i.need.details?.what ?? '内容已删除', about: `${categories[i.need.category]}，${moment(i.need.raisedAt, today)}提出`, first: i.need.isFirst, note: note(i, today), isLate: i.isOverdue || i.isToConfirm,
})

/** 求助: what waits for a first look, for a shift, for a word that it is done; elders and who lives alone first. */
page({
  data: { filters: FILTERS, filter: 'raised' as NeedState, items: [] as ReturnType<typeof view>[], next: '' },
  async load(query) {
    const filter = (query['state'] ?? 'raised') as NeedState
    const [{ today }, found] = await Promise.all([getCommunity(), listNeeds(filter)])
    return { filter, items: found.items.map((i) => view(i, today)), next: found.next ?? '' }
  },
  async choose(event: WechatMiniprogram.BaseEvent<object, { key: NeedState }>) {
    this.query = { state: event.currentTarget.dataset.key }
    await this.reload()
  },
  async onReachBottom() {
    if (!this.data.next) return
    await this.act(async () => {
      const [{ today }, found] = await Promise.all([getCommunity(), listNeeds(this.data.filter, this.data.next)])
      this.setData({ items: [...this.data.items, ...found.items.map((i) => view(i, today))], next: found.next ?? '' })
    })
  },
  add: () => go('/packages/staff/take/take'),
})

import type { EquipmentView } from '../../../api/schema'
import { page } from '../../../components/page'
import { nearDay, longDay, type Day } from '../../../domain/dates'
import { called, keepsItems, standing } from '../../../domain/equipment'
import { getCommunity } from '../../../services/community'
import { listItems, openLoanSheet } from '../../../services/equipment'
import { getMe } from '../../../services/people'

type Only = '' | 'overdue' | 'retired'

const FILTERS: readonly { key: Only; text: string }[] = [{ key: '', text: '在用' }, { key: 'overdue', text: '过期没还' }, { key: 'retired', text: '已停用' }]

const view = (i: EquipmentView, today: Day) => ({
  id: i.id, title: called(i), ...standing(i), isLate: i.loan?.isOverdue ?? false,
  note: i.loan ? `${i.loan.borrower ?? '借用人已隐去'}，${i.loan.isOverdue ? longDay(i.loan.dueOn, today) : nearDay(i.loan.dueOn, today)}该还` : i.place,
})

/** 器材: what the community lends; what is overdue first, then what is out, then what is in. */
page({
  data: { filters: FILTERS, filter: '' as Only, items: [] as ReturnType<typeof view>[], next: '', mayKeep: false },
  async load(query) {
    const filter = (query['only'] ?? '') as Only
    const [{ today }, { roles }, found] = await Promise.all([getCommunity(), getMe(), listItems(filter)])
    return { filter, items: found.items.map((i) => view(i, today)), next: found.next ?? '', mayKeep: keepsItems(roles) }
  },
  async choose(event: WechatMiniprogram.BaseEvent<object, { key: Only }>) {
    this.query = { only: event.currentTarget.dataset.key }
    await this.reload()
  },
  async onReachBottom() {
    if (!this.data.next) return
    await this.act(async () => {
      const [{ today }, found] = await Promise.all([getCommunity(), listItems(this.data.filter, this.data.next)])
      this.setData({ items: [...this.data.items, ...found.items.map((i) => view(i, today))], next: found.next ?? '' })
    })
  },
  sheet() {
    return this.act(openLoanSheet)
  },
})

import type { MyLoansItem, PublicEquipmentItem } from '../../../api/schema'
import { page } from '../../../components/page'
import type { Day } from '../../../domain/dates'
import { called, dueOf, equipmentKinds, free } from '../../../domain/equipment'
import { getCommunity } from '../../../services/community'
import { listEquipment, listMyLoans } from '../../../services/equipment'
import { askToTell, templatesFor } from '../../../services/messages'

const item = (i: PublicEquipmentItem, today: Day) => ({ id: i.id, title: called(i), about: `${equipmentKinds[i.kind]}，${i.place}`, ...free(i, today) })

const loan = (l: MyLoansItem, today: Day) => ({ id: l.id, title: `${l.borrowerName ? `${l.borrowerName}借的` : ''}${called(l)}`, due: dueOf(l, today), place: l.returnedAt ? '' : `还到：${l.place}`, isOverdue: l.isOverdue, isOpen: !l.returnedAt })

/** 借器材: what one has and until when, what can be borrowed and where; lending is done by who works there. */
page({
  data: { loans: [] as ReturnType<typeof loan>[], items: [] as ReturnType<typeof item>[], today: '', more: '', moreLoans: '', hasOpen: false, templates: [] as string[], said: '' },
  async load() {
    const [{ today }, items, loans, templates] = await Promise.all([getCommunity(), listEquipment(), listMyLoans(), templatesFor('need').catch(() => [])])
    return { today, items: items.items.map((i) => item(i, today)), more: items.next ?? '', loans: loans.items.map((l) => loan(l, today)), moreLoans: loans.next ?? '', hasOpen: loans.items.some((l) => !l.returnedAt), templates, said: '' }
  },
  async older() {
    await this.act(async () => {
      const { items, next } = await listMyLoans(this.data.moreLoans)
      this.setData({ loans: [...this.data.loans, ...items.map((l) => loan(l, this.data.today))], moreLoans: next ?? '' })
    })
  },
  async onReachBottom() {
    if (!this.data.more) return
    await this.act(async () => {
      const { items, next } = await listEquipment(this.data.more)
      this.setData({ items: [...this.data.items, ...items.map((i) => item(i, this.data.today))], more: next ?? '' })
    })
  },
  async remind() {
    await askToTell(this.data.templates)
    this.setData({ said: '好的，到归还日前一天提醒您。', templates: [] })
  },
})

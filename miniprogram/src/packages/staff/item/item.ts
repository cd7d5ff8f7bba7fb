import type { EquipmentState, LoanView } from '../../../api/schema'
import { askText, choose, confirm } from '../../../components/ask'
import { go, page } from '../../../components/page'
import { fullDay, longDay, moment, type Day } from '../../../domain/dates'
import { called, equipmentKinds, keepsItems, laterDays, lineOf, MAX_EXTENSIONS, standing } from '../../../domain/equipment'
import { getCommunity } from '../../../services/community'
import { extendLoan, getItem, listItemLoans, returnItem, setItemState } from '../../../services/equipment'
import { getMe } from '../../../services/people'

const line = (l: LoanView, today: Day) => ({ id: l.id, ...lineOf(l, today) })

/** One item: where it stands, who has it until when, lending and taking back, repair, and its log. */
page({
  data: {
    id: '', title: '', standing: '', tone: '', fresh: '', facts: [] as { label: string; text: string }[], loanId: '', who: '', memberId: '', phone: '', due: '', lent: '', dueOn: '', today: '', isOverdue: false, isOwn: false, mayLend: false, mayHandle: false, mayExtend: false,
    mayKeep: false, state2: '' as EquipmentState | '', log: [] as ReturnType<typeof line>[], next: '',
  },
  async load(query) {
    const { id = '', new: fresh } = query
    const [{ today }, { roles }, i] = await Promise.all([getCommunity(), getMe(), getItem(id)])
    const [mayKeep, loan] = [keepsItems(roles), i.loan]
    const log = mayKeep ? await listItemLoans(id) : { items: [], next: null }
    return {
      id, title: called(i), standing: standing(i).text, tone: standing(i).tone, today, mayKeep, fresh: fresh === '1' && !loan ? `登记好了，请把“${i.number} 号”写好贴在上面。` : '',
      facts: [{ label: '类别', text: equipmentKinds[i.kind] }, { label: '放在', text: i.place }, ...(i.note ? [{ label: '备注', text: i.note }] : [])],
      loanId: loan?.id ?? '', who: loan?.borrower ?? '', memberId: mayKeep ? (loan?.memberId ?? '') : '', phone: loan?.phone ?? '', dueOn: loan?.dueOn ?? '', isOverdue: loan?.isOverdue ?? false,
      due: loan ? `${fullDay(loan.dueOn, today)}该还` : '', lent: loan ? `${moment(loan.lentAt, today)}，${loan.lentBy}借出${loan.extensions > 0 ? `，续借 ${loan.extensions} 次` : ''}` : '',
      isOwn: Boolean(loan && !loan.mayHandle), mayHandle: loan?.mayHandle ?? false, mayExtend: Boolean(loan?.mayHandle && loan.extensions < MAX_EXTENSIONS && laterDays(loan.dueOn, today).length > 0),
      mayLend: !loan && i.state === 'ready', state2: loan ? ('' as const) : i.state, log: log.items.filter((l) => l.returnedAt).map((l) => line(l, today)), next: log.next ?? '',
    }
  },
  lend() {
    go(`/packages/staff/lend/lend?id=${this.data.id}`)
  },
  edit() {
    go(`/packages/staff/register/register?id=${this.data.id}`)
  },
  member() {
    go(`/packages/staff/member/member?id=${this.data.memberId}`)
  },
  call() {
    void wx.makePhoneCall({ phoneNumber: this.data.phone })
  },
  async takeBack() {
    const chosen = await choose(['完好', '坏了，要修'])
    if (chosen === undefined) return
    const note = chosen === 1 ? await askText('哪里坏了', '比如：右轮歪了') : ''
    if (note !== undefined && (await this.act(() => returnItem(this.data.loanId, chosen === 1 ? 'broken' : 'fine', note || null)))) await this.reload()
  },
  async extend() {
    const days = laterDays(this.data.dueOn, this.data.today)
    const chosen = await choose(days.map((day) => `续到 ${longDay(day, this.data.today)}`))
    if (chosen !== undefined && (await this.act(() => extendLoan(this.data.loanId, days[chosen]!)))) await this.reload()
  },
  async become(event: WechatMiniprogram.BaseEvent<object, { state: EquipmentState }>) {
    const { state } = event.currentTarget.dataset
    if (state === 'retired' && !(await confirm('停用这件器材？', '停用后不能再恢复，借还记录还在。', '停用'))) return
    if (await this.act(() => setItemState(this.data.id, state))) await this.reload()
  },
  async onReachBottom() {
    if (!this.data.next) return
    await this.act(async () => {
      const { items, next } = await listItemLoans(this.data.id, this.data.next)
      this.setData({ log: [...this.data.log, ...items.map((l) => line(l, this.data.today))], next: next ?? '' })
    })
  },
})

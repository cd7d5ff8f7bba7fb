import type { StaffActivityDetail, StaffActivityItem } from '../../../api/schema'
import { confirm } from '../../../components/ask'
import { go, page } from '../../../components/page'
import { dayOf, nearDay, span, timeOf, type Day } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import { arrangeNeed, getStaffNeed } from '../../../services/needs'
import { getPlan, listPlans } from '../../../services/planning'

const planView = (a: StaffActivityItem, today: Day) => ({ id: a.id, title: a.title, note: `${a.firstStart ? `${nearDay(dayOf(a.firstStart), today)} ${timeOf(a.firstStart)}起，` : ''}报名 ${a.taken}/${a.capacity} 人` })

const shiftView = (s: StaffActivityDetail['shifts'][number], today: Day) => ({
  id: s.id, when: `${nearDay(dayOf(s.form.startsAt), today)} ${span(s.form.startsAt, s.form.endsAt)}`, note: `${s.form.address}，${s.leader?.name ?? '没有负责人'}，报名 ${s.taken}/${s.form.capacity} 人`,
})

/** 安排时段: a need is given to a shift of a published activity that hasn't begun; where none fits, one is added. */
page({
  data: { what: '', when: '', plans: [] as ReturnType<typeof planView>[], plan: '', title: '', shifts: [] as ReturnType<typeof shiftView>[] },
  async load(query) {
    const [{ today, now }, { need }] = await Promise.all([getCommunity(), getStaffNeed(query['need']!)])
    const about = { what: `${need.helpedName}：${need.details?.what ?? ''}`, when: need.details?.when ?? '' }
    const plan = query['plan'] ?? ''
    if (!plan) return { ...about, plan, plans: (await listPlans('published')).items.map((a) => planView(a, today)) }
    const found = await getPlan(plan)
    return { ...about, plan, title: found.form.title, shifts: found.shifts.filter((s) => s.state === 'open' && Date.parse(s.form.startsAt) > Date.parse(now)).map((s) => shiftView(s, today)) }
  },
  async choosePlan(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    this.query = { need: this.query['need'], plan: event.currentTarget.dataset.id }
    await this.reload()
  },
  async otherPlan() {
    this.query = { need: this.query['need'] }
    await this.reload()
  },
  addShift() {
    go(`/packages/staff/slot/slot?activity=${this.data.plan}`)
  },
  addPlan: () => go('/packages/staff/edit/edit'),
  async fit(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const { id } = event.currentTarget.dataset
    const shift = this.data.shifts.find((s) => s.id === id)!
    if (!(await confirm('安排到这个时段？', `${shift.when}。对方会收到通知，报名的志愿者能看到地址和电话。`, '安排'))) return
    if (await this.act(() => arrangeNeed(this.query['need']!, id))) await wx.navigateBack({})
  },
})

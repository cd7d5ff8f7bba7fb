import type { Role } from '../../api/schema'
import { dayOf, longDay, moment, nearDay, timeOf, type Day } from '../../domain/dates'
import { called } from '../../domain/equipment'
import { listItems } from '../../services/equipment'
import { listNeeds } from '../../services/needs'
import { listAppeals, listApprovals, listCorrections, listDisputes, listFlags, listPhones, listReviews, listSecond } from '../../services/approvals'

/** Something that waits for a decision. */
export interface Waiting {
  key: string
  tag: string
  title: string
  say: string
  /** Until when, in words; empty where there is no date. */
  due: string
  isToday: boolean
  url: string
  /** What the button of the first one says. */
  act: string
}

const STAFF: readonly Role[] = ['staff', 'socialWorker']
const WITH_MONEY: readonly Role[] = ['staff', 'socialWorker', 'treasurer']

const needPage = (id: string) => `/packages/staff/need/need?id=${id}`

const item = (key: string, tag: string, title: string, say: string, url: string, act: string, due = '', isToday = false): Waiting => ({ key, tag, title, say, due, isToday, url, act })

/** Everything that waits for somebody with these roles, what has a date first; and how many of their own wait for others. */
export async function waiting(roles: readonly Role[], today: Day): Promise<{ items: Waiting[]; own: number }> {
  const may = (wanted: readonly Role[]) => wanted.some((r) => roles.includes(r))
  const none = { items: [] }
  const [approvals, second, appeals, corrections, disputes, reviews, phones, flags, raised, accepted, arranged, late] = await Promise.all([
    may(WITH_MONEY) ? listApprovals() : none,
    may(STAFF) ? listSecond() : none,
    may(STAFF) ? listAppeals() : none,
    may(STAFF) ? listCorrections() : none,
    may(['staff']) ? listDisputes() : none,
    may(STAFF) ? listReviews() : none,
    may(STAFF) ? listPhones() : none,
    may(['staff']) ? listFlags() : none,
    may(STAFF) ? listNeeds('raised') : none,
    may(STAFF) ? listNeeds('accepted') : none,
    may(STAFF) ? listNeeds('arranged') : none,
    may(STAFF) ? listItems('overdue') : none,
  ])
  const shifts = [...new Map(second.items.map((s) => [s.shiftId, s])).values()]
  const items = [
    ...corrections.items.filter((c) => c.mayAnswer).map(({ correction: c, name }) =>
      item(`correction:${c.id}`, '更正', `${name ?? '一位居民'}请求更正服务记录`, c.text, `/packages/staff/case/case?kind=correction&id=${c.id}`, '去答复', `${nearDay(c.answerBy, today)}前`, c.answerBy <= today)),
    ...raised.items.filter((i) => i.mayDecide).map(({ need: n, isOverdue }) =>
      item(`need:${n.id}`, '求助', `${n.helpedName}求助${n.isFirst ? '（高龄独居）' : ''}`, n.details?.what ?? '', needPage(n.id), '去看', isOverdue ? '过期了' : `${longDay(n.triageBy, today)}前`, n.triageBy <= today)),
    ...accepted.items.filter((i) => i.mayDecide).map(({ need: n }) => item(`need:${n.id}`, '求助', `给${n.helpedName}安排时段`, n.details?.what ?? '', needPage(n.id), '去安排')),
    ...arranged.items.filter((i) => i.mayDecide && i.isToConfirm).map(({ need: n }) => item(`need:${n.id}`, '求助', `问问${n.helpedName}帮好没有`, n.details?.what ?? '', needPage(n.id), '去确认')),
    ...disputes.items.map((d) => item(`dispute:${d.id}`, '兑换疑问', '居民对兑换有疑问', d.text, `/packages/staff/case/case?kind=dispute&id=${d.id}`, '去答复')),
    ...appeals.items.map((a) => item(`appeal:${a.signupId}`, '申诉', `${a.name}说自己来了`, `${a.activity}，${nearDay(dayOf(a.startsAt), today)} ${timeOf(a.startsAt)}`, `/packages/staff/case/case?kind=appeal&id=${a.signupId}`, '去答复')),
    ...approvals.items.filter((a) => a.mayDecide).map((a) => item(`approval:${a.id}`, '复核', a.summary, `${moment(a.createdAt, today)}提交`, `/packages/staff/approval/approval?id=${a.id}`, '去复核')),
    ...shifts.map((s) => item(`second:${s.shiftId}`, '补录', `${s.activity}补录时长`, `${s.firstBy}经办，${second.items.filter((i) => i.shiftId === s.shiftId).length} 人，要第二人复核`, `/packages/staff/shift/shift?id=${s.shiftId}`, '去复核')),
    ...late.items.filter((i) => i.loan?.mayHandle).map((i) => item(`loan:${i.loan!.id}`, '器材', `${i.loan!.borrower ?? '有人'}借的${called(i)}过期没还`, '打个电话问一问', `/packages/staff/item/item?id=${i.id}`, '去看', `${longDay(i.loan!.dueOn, today)}该还`)),
    ...reviews.items.filter((r) => !r.isOwn).map((r) => item(`review:${r.id}`, '内容', '一段内容等人看', r.text ?? '一张图片', `/packages/staff/case/case?kind=review&id=${r.id}`, '去看')),
    ...phones.items.filter((p) => !p.isOwn).map((p) => item(`phone:${p.phoneId}`, '手机号', `${p.name}填了手机号`, '打个电话核实一下', `/packages/staff/case/case?kind=phone&id=${p.phoneId}`, '去核实')),
    ...flags.items.filter((f) => !f.reviewedAt).map((f) => item(`flag:${f.id}`, '异常提示', f.kind === 'burst' ? '短时间兑换很多次' : '两人互相操作', `${nearDay(f.day, today)}，${f.count} 次`, `/packages/staff/case/case?kind=flag&id=${f.id}`, '去看')),
  ]
  return { items: [...items.filter((i) => i.isToday), ...items.filter((i) => !i.isToday)], own: approvals.items.filter((a) => !a.mayDecide).length }
}

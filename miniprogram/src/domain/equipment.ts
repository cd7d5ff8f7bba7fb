import type { EquipmentKind, EquipmentView, LoanView, MyLoansItem, PublicEquipmentItem, Role } from '../api/schema'
import { addDays, dayOf, longDay, nearDay, type Day } from './dates'
import type { Tone } from './words'

/** What an item is for. */
export const equipmentKinds: Record<EquipmentKind, string> = { mobility: '助行', firstAid: '急救', tools: '工具', events: '活动用品', other: '其他' }

/** Longest loan, counted from the day on which its due day is set, and how often that is put off. */
export const MAX_DAYS = 30
export const MAX_EXTENSIONS = 3

/** "轮椅（3 号）". */
export const called = (i: { name: string; number: number }): string => `${i.name}（${i.number} 号）`

/** Whether somebody keeps the items; leaders only lend and take back. */
export const keepsItems = (roles: readonly Role[]): boolean => roles.includes('staff') || roles.includes('socialWorker')

/** Where an item stands, to who lends it. */
export function standing(i: EquipmentView): { text: string; tone: Tone } {
  if (i.loan) return i.loan.isOverdue ? { text: '过期没还', tone: 'error' } : { text: '借出', tone: 'held' }
  return i.state === 'ready' ? { text: '可借', tone: 'done' } : i.state === 'repair' ? { text: '维修中', tone: 'returned' } : { text: '已停用', tone: 'expired' }
}

/** Whether an item can be borrowed, to residents. */
export function free(i: PublicEquipmentItem, today: Day): { text: string; tone: Tone; note: string } {
  if (i.isFree) return { text: '可以借', tone: 'done', note: '' }
  if (!i.outUntil) return { text: '维修中', tone: 'returned', note: '' }
  return { text: '借出了', tone: 'held', note: i.outUntil < today ? '该还了，社区在催' : `${nearDay(i.outUntil, today)}该还回来` }
}

/** What somebody who has an item is told. */
export const dueOf = (l: MyLoansItem, today: Day): string =>
  l.returnedAt ? `${longDay(dayOf(l.returnedAt), today)}还了，谢谢您。` : l.isOverdue ? `${longDay(l.dueOn, today)}该还，请方便时还回来。` : `${nearDay(l.dueOn, today)}前还回来。`

/** A line of the loan log. */
export const lineOf = (l: LoanView, today: Day): { who: string; when: string; how: string } => ({
  who: l.borrower ?? '借用人已隐去',
  when: `${longDay(dayOf(l.lentAt), today)}借，${l.returnedAt ? `${longDay(dayOf(l.returnedAt), today)}还` : `${longDay(l.dueOn, today)}该还`}`,
  how: [l.condition === 'broken' ? '坏了' : l.condition === 'fine' ? '完好' : '', l.note ?? '', `经办 ${l.lentBy}${l.returnedTo && l.returnedTo !== l.lentBy ? `、${l.returnedTo}` : ''}`].filter(Boolean).join('，'),
})

/** The due days that a loan can be put off to: later than it is, within the limit. */
export const laterDays = (due: Day, today: Day): Day[] => {
  const from = due > today ? due : today
  return [3, 7, 14, MAX_DAYS].map((days) => addDays(from, days)).filter((day) => day <= addDays(today, MAX_DAYS))
}

import type { ImpactCategory, NeedDetails, NeedState, NeedView } from '../api/schema'
import { dayOf, longDay, nearDay, span, type Day } from './dates'
import { ON, textOf, textOrNull, type Field } from './fields'
import { categories, type Tone } from './words'

/** What a state of a need is called, and its tag's colour. */
export const needStates: Record<NeedState, { text: string; tone: Tone }> = {
  raised: { text: '待受理', tone: 'held' },
  accepted: { text: '已受理', tone: 'held' },
  arranged: { text: '已安排', tone: 'done' },
  done: { text: '已完成', tone: 'done' },
  declined: { text: '没能受理', tone: 'expired' },
  referred: { text: '已转介', tone: 'returned' },
  withdrawn: { text: '已撤回', tone: 'expired' },
}

/** What comes next, to whom it is for. */
export function nextOf(n: NeedView, today: Day): string {
  switch (n.state) {
    case 'raised':
      return `社区最晚 ${longDay(n.triageBy, today)}回复您。`
    case 'accepted':
      return '社区正在找合适的志愿者，定了时间告诉您。'
    case 'arranged':
      return n.mayThank ? '志愿者来过了吗？帮好了说声谢谢。' : '约好了，志愿者会来帮您。'
    case 'done':
      return '帮好了。有事随时再说。'
    case 'declined':
      return '这次没能帮上，想再说说请打电话给社区。'
    case 'referred':
      return `请找${n.referredTo ?? '社区'}，他们更拿手。`
    case 'withdrawn':
      return '您撤回了。需要时可以再提。'
  }
}

/** When somebody comes. */
export const visitOf = (n: NeedView, today: Day): string => (n.visit ? `${nearDay(dayOf(n.visit.startsAt), today)} ${span(n.visit.startsAt, n.visit.endsAt)}` : '')

const LENGTHS = { what: 300, address: 100, when: 60, name: 20, phone: 20 }

/** The form of a need; of staff's without for whom, which they look up. */
export const needFields = (whom: readonly { value: string; text: string }[]): Field[] => [
  ...(whom.length > 1 ? [{ key: 'whom', label: '帮谁', type: 'choice' as const, value: whom[0]!.value, options: whom }] : []),
  { key: 'what', label: '要帮什么忙', type: 'area', value: '', max: LENGTHS.what, placeholder: '比如：想请人陪我去医院量血压' },
  { key: 'when', label: '什么时候方便', type: 'text', value: '', max: LENGTHS.when, placeholder: '比如：周六上午' },
  { key: 'address', label: '到哪里', type: 'text', value: '', max: LENGTHS.address, placeholder: '比如：3 栋 501', hint: '只给社区和来帮忙的志愿者看。' },
  { key: 'phone', label: '联系电话', type: 'text', value: '', max: LENGTHS.phone },
  { key: 'name', label: '找谁（本人就不填）', type: 'text', value: '', max: LENGTHS.name },
  { key: 'category', label: '哪方面的忙', type: 'choice', value: 'eldersAndChildren', options: Object.entries(categories).map(([value, text]) => ({ value, text })) },
  { key: 'first', label: '80 岁以上，或一个人住', type: 'switch', value: '', hint: '勾上先安排。' },
]

/** What was filled in; a sentence where something is missing. */
export function needIn(fields: readonly Field[]): { details: NeedDetails; category: ImpactCategory; isFirst: boolean } | string {
  const details = { what: textOf(fields, 'what'), address: textOf(fields, 'address'), when: textOf(fields, 'when'), contactName: textOrNull(fields, 'name'), contactPhone: textOf(fields, 'phone') }
  if ([details.what, details.address, details.when].some((t) => t.length < 2)) return '请写明帮什么忙、什么时候、到哪里。'
  if (!/^[0-9+ -]{5,20}$/.test(details.contactPhone)) return '请填能打通的电话号码。'
  return { details, category: textOf(fields, 'category') as ImpactCategory, isFirst: textOf(fields, 'first') === ON }
}

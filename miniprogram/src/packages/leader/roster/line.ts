import type { CheckWay, LiveRosterLine } from '../../../api/schema'
import { timeOf } from '../../../domain/dates'
import { hours } from '../../../domain/amounts'

/** How a coming or going is known, as the leader reads it. */
export const ways: Record<NonNullable<CheckWay>, string> = { scan: '扫码', personalCode: '扫码', card: '刷卡', venueCode: '场地码', roster: '负责人登记', shiftEnd: '按结束时间', late: '补录' }

/** What the leader can do with a line. */
export type Deed = 'in' | 'out' | ''

/** A line of the live list. */
export interface LineView {
  memberId: string
  attendanceId: string
  signupId: string
  name: string
  isMinor: boolean
  note: string
  tone: string
  deed: Deed
  checkedInAt: string
}

const wayOf = (way: CheckWay | null) => (way ? ways[way] : '')

/** As it stands on the screen: the name, one note, one button. */
export function lineView(l: LiveRosterLine): LineView {
  const about = { memberId: l.memberId, attendanceId: l.attendanceId ?? '', signupId: l.signupId, name: l.name, isMinor: l.isMinor, checkedInAt: l.checkedInAt ?? '' }
  if (l.state === 'verified' || l.state === 'recorded') return { ...about, note: `已核 ${hours(l.minutes ?? 0)} 小时`, tone: 'done', deed: '' }
  if (l.state === 'noShow') return { ...about, note: '没来', tone: 'expired', deed: '' }
  if (l.checkedOutAt) return { ...about, note: `${timeOf(l.checkedInAt!)} 到，${timeOf(l.checkedOutAt)} 走`, tone: 'done', deed: '' }
  if (l.checkedInAt) return { ...about, note: `${timeOf(l.checkedInAt)} 到，${wayOf(l.checkedInWay)}`, tone: 'done', deed: 'out' }
  return { ...about, note: '还没到', tone: 'expired', deed: 'in' }
}

/** The list of a shift without network: what was kept stands as done, until the server says so. */
export const withKept = (lines: LineView[], kept: readonly { memberId?: string | null; did?: string | null }[]): LineView[] =>
  lines.map((l) => {
    const last = kept.filter((k) => k.memberId === l.memberId).at(-1)
    return last ? { ...l, note: last.did === 'in' ? '到了，等网络上传' : '走了，等网络上传', tone: 'held', deed: last.did === 'in' ? 'out' : '' } : l
  })

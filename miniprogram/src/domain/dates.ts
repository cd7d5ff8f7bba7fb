// Days and times as the community reads them: Chengdu has one time, UTC+8, without summer time. Phones abroad show the same.

const OFFSET = 8 * 3600_000
const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

/** A calendar day: "2026-11-28". */
export type Day = string

const local = (at: string) => new Date(Date.parse(at) + OFFSET)

/** The day of an instant (ISO 8601). */
export const dayOf = (at: string): Day => local(at).toISOString().slice(0, 10)

/** "9:00" of an instant. */
export function timeOf(at: string): string {
  const moment = local(at)
  return `${moment.getUTCHours()}:${String(moment.getUTCMinutes()).padStart(2, '0')}`
}

/** The end of something as it is said: "13:30", midnight as "半夜 12 点". */
export const endTimeOf = (at: string): string => (timeOf(at) === '0:00' ? '半夜 12 点' : timeOf(at))

/** "9:00–11:30"; the end names its day where that is another one. */
export function span(from: string, to: string): string {
  const end = dayOf(from) === dayOf(to) ? timeOf(to) : `次日 ${timeOf(to)}`
  return `${timeOf(from)}–${end}`
}

/** Whole days from one day to another. */
export const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** "周六". */
export const weekday = (day: Day): string => WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]!

/** "11 月 28 日", with the year where it isn't today's. */
export function longDay(day: Day, today: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${day.slice(0, 4) === today.slice(0, 4) ? '' : `${year} 年 `}${month} 月 ${date} 日`
}

/** "今天", "明天", "后天", "周六" within a week, else "11 月 28 日". */
export function nearDay(day: Day, today: Day): string {
  const days = daysBetween(today, day)
  if (days >= 0 && days <= 2) return ['今天', '明天', '后天'][days]!
  return days > 2 && days < 7 ? weekday(day) : longDay(day, today)
}

/** "明天，11 月 28 日周六". */
export function fullDay(day: Day, today: Day): string {
  const near = nearDay(day, today)
  const long = `${longDay(day, today)}${weekday(day)}`
  return daysBetween(today, day) >= 0 && daysBetween(today, day) <= 2 ? `${near}，${long}` : long
}

/** 上午, 下午 or 晚上 of an instant. */
export function partOfDay(at: string): string {
  const hour = local(at).getUTCHours()
  return hour < 12 ? '上午' : hour < 18 ? '下午' : '晚上'
}

/** When something happened: "今天 12:10", "11 月 20 日". */
export function moment(at: string, today: Day): string {
  const day = dayOf(at)
  return day === today ? `今天 ${timeOf(at)}` : longDay(day, today)
}

/** The instant of a day and a time ("9:00") of the community, ISO 8601. */
export const instantOf = (day: Day, time: string): string => new Date(Date.parse(`${day}T${time.padStart(5, '0')}:00Z`) - OFFSET).toISOString()

/** A day so many days later. */
export const addDays = (day: Day, days: number): Day => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

/** All days of a month that is given by any of its days. */
export const daysOfMonth = (month: string): Day[] => {
  const count = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate()
  return Array.from({ length: count }, (_, i) => addDays(`${month.slice(0, 7)}-01`, i))
}

/** "2026 年 11 月" of a month ("2026-11"). */
export const monthName = (month: string): string => `${Number(month.slice(0, 4))} 年 ${Number(month.slice(5, 7))} 月`

import type { BoardCoins, BoardMonth } from '../api/schema'
import { hours } from './amounts'

/** One column of a chart. */
export interface Column {
  key: string
  /** What stands under it: 11 月. */
  name: string
  /** Its height in percent of the highest; 0 where it isn't told. */
  height: number
  /** What stands over it: only the highest has it. */
  text: string
  isPeak: boolean
}

/** Columns over months, each with what it is worth; null is not told. The highest is named, the first of them where several are. */
export function columns(months: readonly { month: string; value: number | null; text: string }[]): Column[] {
  const most = Math.max(0, ...months.map((m) => m.value ?? 0))
  const peak = most > 0 ? months.findIndex((m) => m.value === most) : -1
  return months.map((m, i) => ({ key: m.month, name: `${Number(m.month.slice(5, 7))} 月`, height: most > 0 ? Math.round((100 * (m.value ?? 0)) / most) : 0, text: i === peak ? m.text : '', isPeak: i === peak }))
}

/** The hours of the months. */
export const hourColumns = (months: readonly BoardMonth[]): Column[] =>
  columns(months.map((m) => ({ month: m.month, value: m.minutes === null ? null : Number(m.minutes), text: m.minutes === null ? '' : hours(Number(m.minutes)) })))

/** What a chart says to who can't see it. */
export const said = (what: string, months: readonly { month: string; text: string }[]): string => `${what}：${months.map((m) => `${Number(m.month.slice(5, 7))} 月 ${m.text || '没有公布'}`).join('，')}。`

/** A line of a list of bars. */
export interface Bar {
  name: string
  text: string
  /** Its length in percent of the longest. */
  width: number
}

/** Lines with the length that each has. */
export function bars(lines: readonly { name: string; value: number; text: string }[]): Bar[] {
  const most = Math.max(1, ...lines.map((l) => l.value))
  return lines.map((l) => ({ name: l.name, text: l.text, width: Math.round((100 * Math.max(0, l.value)) / most) }))
}

/** A month's coins, as they came and went. */
export const coinBars = (c: BoardCoins): Bar[] =>
  bars([['发了', c.issued], ['换了', c.exchanged], ['到期了', c.expired], ['月底大家手里还有', c.outstanding]].map(([name, coins]) => ({ name: String(name), value: Number(coins), text: `${Number(coins)} 枚` })))

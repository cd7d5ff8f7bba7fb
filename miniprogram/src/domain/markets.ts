import type { MarketState, TraceMarketResponse } from '../api/schema'
import { hours } from './amounts'
import { marketStates, type Tone } from './words'

type Market = { state: MarketState; startsAt: string }

/** Whether a market has begun, at the server's time. */
export const hasBegun = (m: { startsAt: string }, now: string): boolean => Date.parse(m.startsAt) <= Date.parse(now)

/** Whether one may still apply for a stall, or take it back. */
export const takesStalls = (m: Market, now: string): boolean => m.state === 'open' && !hasBegun(m, now)

/** Where a market stands, in a word. */
export const standing = (m: Market, now: string): { text: string; tone: Tone } => (m.state === 'open' && hasBegun(m, now) ? { text: '进行中', tone: 'done' } : marketStates[m.state])

/** The kinds of help of all months of a trace, most hours first, each with the length of its bar in percent of the longest. */
export function helpOf(trace: TraceMarketResponse): { kind: string; text: string; bar: number }[] {
  const sums = new Map<string, { minutes: number; people: number }>()
  for (const { kind, minutes, peopleServed } of trace.months.flatMap((m) => m.help)) {
    const sum = sums.get(kind) ?? { minutes: 0, people: 0 }
    sums.set(kind, { minutes: sum.minutes + Number(minutes), people: sum.people + Number(peopleServed) })
  }
  const most = Math.max(1, ...[...sums.values()].map((s) => s.minutes))
  return [...sums]
    .sort(([, a], [, b]) => b.minutes - a.minutes)
    .map(([kind, s]) => ({ kind, text: `${hours(s.minutes)} 小时${s.people > 0 ? `，帮了 ${s.people} 人次` : ''}`, bar: Math.round((100 * s.minutes) / most) }))
}

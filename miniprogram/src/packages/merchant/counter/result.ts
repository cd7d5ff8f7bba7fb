import type { Settled } from '../../../services/till'

/** The card above the button: what came of the last scan or tap. */
export interface Card {
  kind: 'none' | 'done' | 'held' | 'asks' | 'other' | 'slow' | 'refused' | 'undone'
  title: string
  say: string
  id: string
  number: number
  quantity: number
  /** Seconds left to take it back. */
  left: number
}

export const NO_CARD: Card = { kind: 'none', title: '', say: '', id: '', number: 0, quantity: 0, left: 0 }

/** Nobody knows yet. It is never called failed. */
export const SLOW: Card = { ...NO_CARD, kind: 'slow', title: '网络慢，正在查结果', say: '别急，不会重复用币。查到了马上说。' }

const portions = ['', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十']

/** What the counter shows of it. `given` counts today's portions with this one. */
export function cardOf(s: Settled, given: number, undoSeconds: number): Card {
  const about = { id: s.id, number: s.number, quantity: s.quantity, left: 0 }
  const what = `${s.title} ${s.quantity} 份`
  switch (s.state) {
    case 'captured':
      return { ...about, kind: 'done', title: `兑换成功${portions[s.quantity] ?? s.quantity}份`, say: `${s.number} 号，${s.title}，今天第 ${given} 份`, left: undoSeconds }
    case 'held':
      return s.awaitsMember
        ? { ...about, kind: 'asks', title: '请居民在手机上点同意', say: `${what}，${s.coins} 枚。枚数多，要本人点一下。` }
        : { ...about, kind: 'held', title: what, say: `${s.coins} 枚，已经留好。` }
    case 'refused':
      return { ...about, kind: 'other', title: `${s.number} 号没有换`, say: '给不了，币已退回。' }
    case 'cancelled':
      return { ...about, kind: 'other', title: `${s.number} 号居民自己退了`, say: '币已退回，这份可以给别人。' }
    case 'expired':
      return { ...about, kind: 'other', title: `${s.number} 号过时退回了`, say: '请居民重新换，或扫我的码。' }
  }
}

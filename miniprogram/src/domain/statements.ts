import type { GetStatementLine } from '../api/schema'
import { minus, yuan } from './amounts'
import { longDay } from './dates'
import { lineKinds } from './words'

/** A line of a statement, as merchants and staff read it. */
export const lineOf = (l: GetStatementLine, today: string) => ({
  key: `${l.kind}:${l.seq}`, title: l.kind === 'capture' ? `${l.number} 号，${l.title} ${l.quantity} 份` : `${lineKinds[l.kind]}：${l.title}`, when: longDay(l.day, today), coins: minus(Number(l.coins)), yuan: yuan(Number(l.fen)),
})

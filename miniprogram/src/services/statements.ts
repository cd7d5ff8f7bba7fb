import type { LineKind } from '../api/schema'
import { change, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'
/** Lines of a page. */
const LIMIT = 50

/** Statements, newest first: a merchant sees its own. */
export const listStatements = (filter: { merchant?: string; state?: string; cursor?: string } = {}) => get(`${C}/statements`, { query: { limit: LIMIT, ...filter } as never })

export const getStatement = (id: string) => get(`${C}/statements/{id}`, { path: { id } })
export const listLines = (id: string, cursor?: string) => get(`${C}/statements/{id}/lines`, { path: { id }, query: { limit: LIMIT, ...(cursor && { cursor }) } as never })
export const getChart = (id: string) => get(`${C}/statements/{id}/chart`, { path: { id } })

/** The merchant says that it is right. */
export const confirmStatement = (id: string) => change('post', `${C}/statements/{id}/confirmation`, `statement:${id}`, { path: { id } })

/** The merchant doubts a line. */
export const doubtLine = (id: string, kind: LineKind, seq: number, text: string) => change('post', `${C}/statements/{id}/disputes`, `doubt:${id}:${kind}:${seq}`, { path: { id }, body: { kind, seq, text, fileId: null } })

/** One more word in the talk about a line. */
export const sayOnDoubt = (id: string, text: string) => change('post', `${C}/statements/disputes/{id}/words`, `doubt-word:${id}`, { path: { id }, body: { text, fileId: null } })

/** The community's answer; what is corrected becomes a line of the next statement, in fen. */
export const answerDoubt = (id: string, text: string, correctionFen: number) => change('post', `${C}/statements/disputes/{id}/answer`, `doubt-answer:${id}`, { path: { id }, body: { text, correctionFen } })

/** 拨付批次, newest first. */
export const listPayouts = (cursor?: string) => get(`${C}/payouts`, { query: { limit: LIMIT, ...(cursor && { cursor }) } as never })
export const getPayout = (id: string) => get(`${C}/payouts/{id}`, { path: { id } })

/** Puts statements together for the payer; another person approves. */
export const preparePayout = (statements: string[], payer: string) => change('post', `${C}/payouts`, `payout:${statements.join()}`, { body: { statements, payer } })
export const submitPayout = (id: string) => change('post', `${C}/payouts/{id}/submission`, `payout-submit:${id}`, { path: { id } })
export const closePayout = (id: string) => change('post', `${C}/payouts/{id}/closing`, `payout-close:${id}`, { path: { id } })
export const voidPayout = (id: string) => change('post', `${C}/payouts/{id}/voiding`, `payout-void:${id}`, { path: { id } })

/** A payment's receipt. */
export const recordPaid = (id: string, statementId: string, bankReference: string, paidOn: string) =>
  change('post', `${C}/payouts/{id}/payments`, `paid:${id}:${statementId}`, { path: { id }, body: { payments: [{ statementId, isPaid: true, bankReference, paidOn, reason: null }] } })

/** A payment that came back. */
export const recordReturned = (id: string, statementId: string, reason: string) =>
  change('post', `${C}/payouts/{id}/payments`, `returned:${id}:${statementId}`, { path: { id }, body: { payments: [{ statementId, isPaid: false, bankReference: null, paidOn: null, reason }] } })

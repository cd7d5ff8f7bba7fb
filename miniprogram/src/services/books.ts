import type { CoinFlow, NoticeKind } from '../api/schema'
import { change, get, upload } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** 表扬发放, newest first. */
export const listGrants = (cursor?: string) => get(`${C}/grants`, { query: { ...(cursor && { cursor }) } as never })
/** Another approves it. */
export const proposeGrant = (memberId: string, coins: number, reason: string, evidence: string) => change('post', `${C}/grants`, `grant:${memberId}`, { body: { memberId, coins, reason, evidence } })
/** A table of many; first a dry run, which says what is wrong. */
export const proposeGrantSheet = (file: string, dryRun: boolean) => upload(`${C}/grants/sheets`, `grant-sheet:${dryRun}`, file, { dryRun })

/** Whether issuing and redeeming are paused, with the history. */
export const listPauses = () => get(`${C}/coins/pauses`, { query: { limit: 20 } as never })
export const pauseCoins = (flow: CoinFlow, isPause: boolean, reason: string) => change('post', `${C}/coins/pauses`, `pause:${flow}`, { body: { flow, isPause, reason } })

export const getPool = () => get(`${C}/coins/pool`, {})
export const getFund = () => get(`${C}/fund`, {})

/** What every night found. */
export const listChecks = (cursor?: string) => get(`${C}/journal/checks`, { query: { ...(cursor && { cursor }) } as never })
/** Every month's signed head. */
export const listMonthHeads = (cursor?: string) => get(`${C}/journal/month-heads`, { query: { ...(cursor && { cursor }) } as never })

/** Messages that couldn't be sent. */
export const listLetters = () => get(`${C}/messages/failures`, { query: { limit: 100 } as never })
export const resend = (id: string, reason: string) => change('post', `${C}/messages/failures/{id}/requeue`, `letter:${id}`, { path: { id }, body: { reason } })
export const resendAll = (kind: string, reason: string) => change('post', `${C}/messages/failures/requeue`, `letters:${kind}`, { body: { kind, reason } })

/** Which kind of message goes through which template, and the account's templates. */
export const getCatalogue = () => get(`${C}/messages/catalogue`, {})
/** Another template for a kind; none: the one found by its title again. */
export const chooseTemplate = (kind: NoticeKind, templateId: string | null, reason: string) => change('put', `${C}/messages/catalogue`, `template:${kind}`, { body: { kind, templateId, reason } })
/** Lists the account's templates anew. */
export const checkTemplates = () => change('post', `${C}/messages/catalogue/check`, 'templates-check', {})

/** Who did what, newest first; of one person where named. */
export const listLog = (person?: string, cursor?: string) => get(`${C}/audit-entries`, { query: { ...(person && { person }), ...(cursor && { cursor }) } as never })

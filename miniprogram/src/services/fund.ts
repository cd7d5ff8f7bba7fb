import type { EnterContributionRequest } from '../api/schema'
import { change, get, upload } from '../api/client'
import { origin } from '../config'

const C = '/api/v1/communities/{communityId}'

/** The book of the fund, newest first; of a month (2026-11) or of all time. */
export const listBook = (cursor?: string) => get(`${C}/fund/book`, { query: { limit: 50, ...(cursor && { cursor }) } as never })

/** Entries that wait for another person. */
export const listWaitingEntries = () => get(`${C}/fund/entries`, { query: { state: 'waiting', limit: 50 } as never })

/** A picture that shows something: a receipt, a bank's slip. Its id. */
export const uploadEvidence = async (file: string) => (await upload(`${C}/files`, 'evidence', file, {})).id

/** Where a picture is seen, for as long as its link works. */
export const pictureOf = (link: { url: string } | null): string => (link ? origin + link.url : '')

/** What the charity's receipt says; another person posts it. */
export const enterContribution = (body: EnterContributionRequest) => change('post', `${C}/fund/contributions`, 'contribution', { body })

/** Money that came (above zero) or went otherwise, in fen. */
export const enterAdjustment = (amountFen: number, reason: string, fileId: string) => change('post', `${C}/fund/adjustments`, 'adjustment', { body: { amountFen, reason, fileId } })

/** Takes an entry back. */
export const correctEntry = (id: string, reason: string) => change('post', `${C}/fund/entries/{id}/correction`, `correct-entry:${id}`, { path: { id }, body: { reason, fileId: null } })

/** The money with which the book begins. */
export const openFund = (amountFen: number, evidence: string) => change('post', `${C}/fund/opening`, 'fund-opening', { body: { amountFen, evidence } })

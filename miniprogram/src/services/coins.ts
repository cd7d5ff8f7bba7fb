import { get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** What the member has now. */
export const getCoins = () => get(`${C}/coins`, {})

/** The comings and goings, newest first. */
export const listEntries = (cursor?: string) => get(`${C}/coins/entries`, { query: { ...(cursor && { cursor }) } as never })

/** Why each coin is there. */
export const explain = async () => (await get(`${C}/coins/why`, {})).items

/** Hours given, by year: one's own, or of a child. */
export const getHours = (memberId?: string) => get(`${C}/service-records/mine/hours`, { query: { ...(memberId && { memberId }) } as never })

/** Service records, newest first: one's own, or of a child. */
export const listRecords = (cursor?: string, memberId?: string) => get(`${C}/service-records/mine`, { query: { ...(cursor && { cursor }), ...(memberId && { memberId }) } as never })

import { get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** Service records, newest first. */
export const listRecords = (cursor?: string) => get(`${C}/service-records`, { query: { ...(cursor && { cursor }) } as never })

import { change, get } from '../api/client'
import { forget } from '../api/tokens'

const C = '/api/v1/communities/{communityId}'

/** What is typed to confirm (the server wants it exactly). */
export const WORDS = { community: '退出社区', account: '注销账号' } as const

/** Everything that is kept about the person, or a child. */
export const getPersonalData = (childId?: string) => (childId ? get(`${C}/children/{id}/personal-data`, { path: { id: childId } }) : get(`${C}/personal-data`, {}))

/** Who looked at it, newest first. */
export const listLooks = (childId?: string, cursor?: string) => {
  const query = { ...(cursor && { cursor }) } as never
  return childId ? get(`${C}/children/{id}/looks`, { path: { id: childId }, query }) : get(`${C}/privacy/looks`, { query })
}

/** What must be done before the account can be closed: a sentence each. */
export const listOpen = async () => (await get('/api/v1/account/closing', {})).open

/** Leaves the community; what was done stays under the number. */
export const leaveCommunity = (confirmation: string) => change('post', `${C}/membership/leaving`, 'leave', { body: { confirmation } })

/** Closes the account for ever, and forgets it on this phone. */
export async function closeAccount(confirmation: string) {
  await change('post', '/api/v1/account/closing', 'close', { body: { confirmation } })
  forget()
  wx.clearStorageSync()
}

/** Closes a child's account. */
export const closeChild = (id: string, confirmation: string) => change('post', `${C}/children/{id}/closing`, `close:${id}`, { path: { id }, body: { confirmation } })

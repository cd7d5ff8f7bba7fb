import { change, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** Published activities by their next shift; `cursor` from the page before. */
export const listActivities = (cursor?: string, category?: string) => get(`${C}/activities`, { query: { ...(cursor && { cursor }), ...(category && { category }) } as never })

/** One with its shifts. */
export const getActivity = (id: string) => get(`${C}/activities/{id}`, { path: { id } })

/** Signs up for a shift: oneself, children, 家人. */
export const signUp = (shiftId: string, memberIds: string[]) => change('post', `${C}/shifts/{id}/signups`, `signup:${shiftId}`, { path: { id: shiftId }, body: { memberIds, joinWaitlist: true, isHoursOnly: false } })

/** Own and the children's signups, those to come first. */
export const listSignups = (past = false, cursor?: string) => get(`${C}/my/signups`, { query: { past, ...(cursor && { cursor }) } as never })

/** Takes the free place that was offered. */
export const acceptPlace = (id: string) => change('post', `${C}/signups/{id}/acceptance`, `accept:${id}`, { path: { id } })

/** Doesn't come; a reason is asked for near the start. */
export const cancelSignup = (id: string, reason: string | null) => change('post', `${C}/signups/{id}/cancellation`, `cancel:${id}`, { path: { id }, body: { reason } })

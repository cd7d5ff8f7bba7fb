import type { ActivityForm, ActivityState, ShiftForm } from '../api/schema'
import { change, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** Activities as staff see them, newest first. */
export const listPlans = (state?: ActivityState, cursor?: string) => get(`${C}/staff/activities`, { query: { ...(state && { state }), ...(cursor && { cursor }) } as never })
export const getPlan = (id: string) => get(`${C}/staff/activities/{id}`, { path: { id } })

/** A new draft, or a change. */
export const createPlan = (form: ActivityForm) => change('post', `${C}/staff/activities`, 'activity:new', { body: form })
export const changePlan = (id: string, form: ActivityForm, version: number) => change('put', `${C}/staff/activities/{id}`, `activity:${id}`, { path: { id }, body: { form, version } })

/** A shift more, another time for one, one less in a draft. */
export const addShift = (id: string, form: ShiftForm) => change('post', `${C}/staff/activities/{id}/shifts`, `shift:new:${id}`, { path: { id }, body: form })
export const changeShift = (id: string, form: ShiftForm, version: number) => change('put', `${C}/staff/shifts/{id}`, `shift:${id}`, { path: { id }, body: { form, version } })
export const removeShift = (id: string) => change('delete', `${C}/staff/shifts/{id}`, `shift:${id}`, { path: { id } })

/** What publishing would promise, and whether the fund covers it. */
export const project = (id: string) => get(`${C}/staff/activities/{id}/projection`, { path: { id } })
export const publish = (id: string, version: number, asHoursOnly: boolean) => change('post', `${C}/staff/activities/{id}/publication`, `publish:${id}`, { path: { id }, body: { version, asHoursOnly } })

export const cancelPlan = (id: string, version: number, reason: string) => change('post', `${C}/staff/activities/{id}/cancellation`, `cancel-activity:${id}`, { path: { id }, body: { reason, version } })
export const cancelShift = (id: string, version: number, reason: string) => change('post', `${C}/staff/shifts/{id}/cancellation`, `cancel-shift:${id}`, { path: { id }, body: { reason, version } })
/** 办结. */
export const closePlan = (id: string, version: number) => change('post', `${C}/staff/activities/{id}/closing`, `close:${id}`, { path: { id }, body: { version } })
/** The same again from a day on, as a draft. */
export const copyPlan = (id: string, firstDay: string) => change('post', `${C}/staff/activities/{id}/copy`, `copy:${id}`, { path: { id }, body: { firstDay } })
export const raiseBudget = (id: string, budgetCoins: number, version: number, reason: string) => change('post', `${C}/staff/activities/{id}/budget`, `budget:${id}`, { path: { id }, body: { budgetCoins, version, reason } })
/** The same again every so many weeks, so many times, as drafts. */
export const repeatPlan = (id: string, times: number, weeks: number) => change('post', `${C}/staff/activities/{id}/series`, `series:${id}`, { path: { id }, body: { times, weeks } })

import type { NeedDecision, NeedState, RaiseNeedRequest } from '../api/schema'
import { change, download, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** Needs of the person, the children and 家人 for whom they sign up, newest first. */
export const listMyNeeds = (cursor?: string) => get(`${C}/my/needs`, { query: { ...(cursor && { cursor }) } as never })

/** One of those. */
export const getNeed = (id: string) => get(`${C}/needs/{id}`, { path: { id } })

/** Asks for a hand. */
export const raiseNeed = (body: RaiseNeedRequest) => change('post', `${C}/needs`, 'need:new', { body })

/** Takes it back while it is open. */
export const withdrawNeed = (id: string) => change('post', `${C}/needs/{id}/withdrawal`, `withdraw-need:${id}`, { path: { id } })

/** It was done: thanks, with words or without. */
export const thankForNeed = (id: string, text: string | null) => change('post', `${C}/needs/{id}/thanks`, `thank-need:${id}`, { path: { id }, body: { text } })

/** Which of the person's shifts are a need's work, and whom one of them helps. */
export const listShiftsWithNeeds = async () => (await get(`${C}/my/shifts-with-needs`, {})).shiftIds
export const listShiftNeeds = async (shiftId: string) => (await get(`${C}/shifts/{id}/needs`, { path: { id: shiftId } })).items

/** The picture of the code that whom one helped scans; a file of the phone. */
export const needCode = (id: string) => download(`/needs/${id}/code`, '码还没准备好，请过一会儿再试，或请对方打开“我的求助”点一下。')

/** The staff's list by state, and one of it. */
export const listNeeds = (state: NeedState, cursor?: string) => get(`${C}/staff/needs`, { query: { state, ...(cursor && { cursor }) } as never })
export const getStaffNeed = (id: string) => get(`${C}/staff/needs/{id}`, { path: { id } })

/** Taken down for somebody who called or came. */
export const raiseNeedFor = (body: RaiseNeedRequest) => change('post', `${C}/staff/needs`, 'need:new-for', { body })

/** Taken on, not taken on, or referred. */
export const triageNeed = (id: string, decision: NeedDecision, answer: string | null, referredTo: string | null) =>
  change('post', `${C}/staff/needs/{id}/triage`, `triage:${id}`, { path: { id }, body: { decision, answer, referredTo } })

/** Given to a shift. */
export const arrangeNeed = (id: string, shiftId: string) => change('post', `${C}/staff/needs/{id}/arrangement`, `arrange:${id}`, { path: { id }, body: { shiftId } })

/** Done, as somebody without a phone said. */
export const completeNeed = (id: string, answer: string) => change('post', `${C}/staff/needs/{id}/completion`, `complete:${id}`, { path: { id }, body: { answer } })

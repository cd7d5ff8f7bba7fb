import { change, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** 核时长: what one 全部确认 would record, and the exceptions. */
export const getVerification = (shiftId: string, cursor?: string) => get(`${C}/shifts/{id}/verification`, { path: { id: shiftId }, query: { limit: 100, ...(cursor && { cursor }) } as never })

/** 全部确认; the reason where the head count differs. */
export const verifyShift = (shiftId: string, countReason: string | null) => change('post', `${C}/shifts/{id}/verification`, `verify:${shiftId}`, { path: { id: shiftId }, body: { countReason } })

/** One of them, with other minutes where there is a reason. */
export const verifyOne = (attendanceId: string, minutes: number | null, reason: string | null) => change('post', `${C}/attendances/{id}/verification`, `verify:${attendanceId}`, { path: { id: attendanceId }, body: { minutes, reason } })

/** 不计时长, with a reason. */
export const leaveOut = (attendanceId: string, reason: string) => change('post', `${C}/attendances/{id}/exclusion`, `leave-out:${attendanceId}`, { path: { id: attendanceId }, body: { reason } })

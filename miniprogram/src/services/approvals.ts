import { change, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'
const LIMIT = 100

/** What waits for a second person, or has been decided. */
export const listApprovals = (state: 'pending' | 'approved' | 'refused' = 'pending') => get(`${C}/approvals`, { query: { state, limit: LIMIT } as never })

/** One with all that there is to decide by. */
export const getApproval = (id: string) => get(`${C}/approvals/{id}`, { path: { id } })

/** 同意 or 不同意, with a reason. */
export const decide = (id: string, approve: boolean, reason: string | null) => change('post', `${C}/approvals/{id}/decision`, `decide:${id}`, { path: { id }, body: { approve, reason } })

/** Takes one's own back. */
export const withdraw = (id: string) => change('post', `${C}/approvals/{id}/withdrawal`, `withdraw:${id}`, { path: { id } })

/** Appeals of people who were noted as 没来. */
export const listAppeals = () => get(`${C}/staff/no-show-appeals`, { query: { limit: LIMIT } as never })
export const answerAppeal = (id: string, accept: boolean, answer: string) => change('post', `${C}/staff/no-show-appeals/{id}/answer`, `appeal:${id}`, { path: { id }, body: { accept, answer } })

/** Questions about service records, to be answered by their date. */
export const listCorrections = () => get(`${C}/record-corrections`, { query: { state: 'asked', limit: LIMIT } as never })
export const answerCorrection = (id: string, correct: boolean, answer: string, minutes: number | null) =>
  change('post', `${C}/record-corrections/{id}/answer`, `correction:${id}`, {
    path: { id },
    body: { correct, answer, changes: correct && minutes !== null ? { minutes, startAt: null, endAt: null, activityName: null, place: null, content: null, personInCharge: null } : null },
  })

/** Residents' questions about an exchange. */
export const listDisputes = () => get(`${C}/redemption-disputes`, { query: { state: 'open', limit: LIMIT } as never })
export const answerDispute = (id: string, isAccepted: boolean, answer: string, refundCoins: number) => change('post', `${C}/redemption-disputes/{id}/answer`, `dispute:${id}`, { path: { id }, body: { isAccepted, answer, refundCoins } })

/** Texts and pictures that WeChat couldn't judge. */
export const listReviews = () => get(`${C}/content-reviews`, { query: { limit: LIMIT } as never })
export const decideReview = (id: string, mayBeShown: boolean, reason: string | null) => change('post', `${C}/content-reviews/{id}/decision`, `review:${id}`, { path: { id }, body: { mayBeShown, reason } })

/** Telephone numbers that were typed by hand. */
export const listPhones = () => get(`${C}/phones/pending`, { query: { limit: LIMIT } as never })
export const confirmPhone = (memberId: string) => change('post', `${C}/members/{id}/phone/confirmation`, `phone:${memberId}`, { path: { id: memberId }, body: { how: 'called' } })
export const refusePhone = (memberId: string, reason: string) => change('post', `${C}/members/{id}/phone/refusal`, `phone:${memberId}`, { path: { id: memberId }, body: { reason } })

/** Exchanges that look unusual. */
export const listFlags = () => get(`${C}/redemption-flags`, { query: { limit: LIMIT } as never })
export const reviewFlag = (id: string, note: string) => change('post', `${C}/redemption-flags/{id}/review`, `flag:${id}`, { path: { id }, body: { note } })

/** 补录 that another proposed. */
export const listSecond = () => get(`${C}/staff/second-approvals`, { query: { limit: LIMIT } as never })
export const approveSecond = (shiftId: string, attendanceIds: string[], withCoins: boolean) => change('post', `${C}/shifts/{id}/second-approval`, `second:${shiftId}`, { path: { id: shiftId }, body: { attendanceIds, withCoins } })

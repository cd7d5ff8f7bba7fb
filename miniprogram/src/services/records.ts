import type { IssueCertificateRequest, WriteDetailsRequest } from '../api/schema'
import { change, get, openFile } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** A service record as it stands, with what it was before. */
export const getRecord = (id: string) => get(`${C}/service-records/{id}`, { path: { id } })

/** What neighbours said about a record's shift; without names. */
export const listThanks = async (id: string) => (await get(`${C}/service-records/{id}/thanks`, { path: { id } })).words

/** What the person asked to be corrected, newest first. */
export const listCorrections = (cursor?: string) => get(`${C}/record-corrections/mine`, { query: { ...(cursor && { cursor }) } as never })

/** Asks for a correction: of a record, or of one that is missing. */
export const askCorrection = (text: string, recordId: string | null) => change('post', `${C}/record-corrections`, `correction:${recordId ?? 'missing'}`, { body: { text, recordId, memberId: null } })

/** Takes the request back. */
export const withdrawCorrection = (id: string) => change('post', `${C}/record-corrections/{id}/withdrawal`, `withdraw-correction:${id}`, { path: { id } })

/** Certificates that the person asked for, newest first. */
export const listCertificates = (cursor?: string) => get(`${C}/certificates/mine`, { query: { ...(cursor && { cursor }) } as never })

/** Asks for one; the same again is the same. */
export const issueCertificate = (body: IssueCertificateRequest) => change('post', `${C}/certificates`, 'certificate', { body })

/** Opens its PDF, which WeChat lets the person keep or send on. */
export const openCertificate = (number: string) => openFile(`/certificates/${number}/pdf`, 'pdf', '证明还没准备好，请过一会儿再试，或打电话问社区。')

/** What anybody may see of a certificate by its number. */
export const verifyCertificate = (number: string) => get(`${C}/certificates/{number}/verification`, { path: { number } })

/** 电子志愿者证; refused with volunteer.none where there is none. */
export const getVolunteerCard = () => get(`${C}/volunteer`, {})

/** Registers as a volunteer. */
export const registerVolunteer = () => change('post', `${C}/volunteer`, 'volunteer', {})

/** Trainings and awards, newest first. */
export const listVolunteerEntries = (cursor?: string) => get(`${C}/volunteer-entries/mine`, { query: { ...(cursor && { cursor }) } as never })

/** Rates a shift, with words or without. */
export const thank = (shiftId: string, rating: number, text: string | null) => change('post', `${C}/shifts/{id}/thanks`, `thanks:${shiftId}`, { path: { id: shiftId }, body: { rating, text } })

/** What the law asks of a volunteer before the first certificate (条例 art 5), masked; a child's are written by the guardian. */
export const getDetails = () => get(`${C}/details`, {})

/** Writes them: one's own, or a child's. */
export const writeDetails = (body: WriteDetailsRequest, childId?: string) =>
  childId ? change('put', `${C}/children/{id}/details`, `details:${childId}`, { path: { id: childId }, body }) : change('put', `${C}/details`, 'details', { body })

/** Says why one didn't come. */
export const appeal = (signupId: string, text: string) => change('post', `${C}/signups/{id}/appeal`, `appeal:${signupId}`, { path: { id: signupId }, body: { text } })

/** The appeal and its answer; refused where there is none. */
export const getAppeal = (signupId: string) => get(`${C}/signups/{id}/appeal`, { path: { id: signupId } })

/** Why the person can't sign up for a while. */
export const listLimits = async () => (await get(`${C}/my/signup-limits`, {})).items

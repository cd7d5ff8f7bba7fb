import type { EnterElderRequest, NameDeputyRequest, RevealedField, Role } from '../api/schema'
import { change, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** Members in whose name these letters are; all with none. */
export const listMembers = (name: string, cursor?: string) => get(`${C}/members`, { query: { ...(name && { name }), ...(cursor && { cursor }) } as never })
/** Members with a telephone number. */
export const findByPhone = async (number: string) => (await change('post', `${C}/members/phone-search`, 'phone-search', { body: { number } })).members
export const getMember = (id: string) => get(`${C}/members/{id}`, { path: { id } })
/** One field in full: logged with the reason, the person sees it. */
export const reveal = (id: string, field: RevealedField, reason: string) => change('post', `${C}/members/{id}/reveals`, `reveal:${id}`, { path: { id }, body: { field, reason } })
/** Signs all devices of somebody out. */
export const signOut = (id: string, reason: string) => change('post', `${C}/members/{id}/sign-out`, `sign-out:${id}`, { path: { id }, body: { reason } })

/** Who has which role, and deputies. */
export const listRoles = () => get(`${C}/roles`, {})
export const grantRole = (memberId: string, role: Role, reason: string) => change('post', `${C}/roles`, `role:${memberId}:${role}`, { body: { memberId, role, reason } })
export const withdrawRole = (memberId: string, role: Role, reason: string) => change('post', `${C}/roles/withdrawal`, `role:${memberId}:${role}`, { body: { memberId, role, reason } })
/** Who stands in for whom, and what one may pass on to which colleague. */
export const listDeputies = () => get(`${C}/deputies`, {})
export const nameDeputy = (form: NameDeputyRequest) => change('post', `${C}/deputies`, `deputy:${form.memberId}:${form.role}`, { body: form })
export const endDeputy = (id: string) => change('delete', `${C}/deputies/{id}`, `deputy-end:${id}`, { path: { id } })
/** 离任交接: everything of one to another at once. */
export const handOver = (memberId: string, successorId: string, reason: string) => change('post', `${C}/hand-over`, `hand-over:${memberId}`, { body: { memberId, successorId, reason } })

/** Printed cards, of all or one. */
export const listCards = (member?: string, cursor?: string) => get(`${C}/cards`, { query: { ...(member && { member }), ...(cursor && { cursor }) } as never })
export const issueCard = (memberId: string) => change('post', `${C}/cards`, `card:${memberId}`, { body: { memberId } })
export const revokeCard = (id: string, reason: string) => change('post', `${C}/cards/{id}/revocation`, `card-off:${id}`, { path: { id }, body: { reason } })
/** A new one in the place of one that is revoked at once. */
export const replaceCard = (id: string, reason: string) => change('post', `${C}/cards/{id}/replacement`, `card-new:${id}`, { path: { id }, body: { reason } })
export const printCard = (id: string) => change('post', `${C}/cards/{id}/printing`, `card-print:${id}`, { path: { id } })

/** An elder without WeChat, before a witness. */
export const enterElder = (form: EnterElderRequest) => change('post', `${C}/elders`, 'elder:new', { body: form })

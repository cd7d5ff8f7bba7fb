import type { MerchantState, PartnerKind, UnitKind } from '../api/schema'
import { change, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** All that didn't leave: those that take coins, then those that don't yet or not now. */
export async function listMerchants() {
  const [active, paused] = await Promise.all((['active', 'paused'] as const).map((state) => get(`${C}/merchants`, { query: { state, limit: 100 } as never })))
  return { items: [...active!.items, ...paused!.items.filter((m) => m.state === 'paused')] }
}
export const getMerchant = (id: string) => get(`${C}/merchants/{id}`, { path: { id } })
export const enterMerchant = (form: { name: string; address: string; phone: string; openingHours: string }) => change('post', `${C}/merchants`, 'merchant:new', { body: { ...form, kind: 'merchant' } })
export const setMerchantState = (id: string, state: MerchantState, reason: string) => change('post', `${C}/merchants/{id}/state`, `merchant:${id}`, { path: { id }, body: { state, reason } })
export const listMerchantPeople = (id: string) => get(`${C}/merchants/{id}/staff`, { path: { id } })
/** Another approves it. */
export const proposeOwner = (id: string, memberId: string, reason: string) => change('post', `${C}/merchants/{id}/owners`, `owner:${id}`, { path: { id }, body: { memberId, replacesMemberId: null, reason } })
export const listAgreements = (id: string) => get(`${C}/merchants/{id}/agreements`, { path: { id } })
/** Another approves it. */
export const proposeAgreement = (id: string, form: { fenPerCoin: number; fundSharePercent: number; startsOn: string; paper: string; monthlyCapFen: number | null; endsOn: string | null }) =>
  change('post', `${C}/merchants/{id}/agreements`, `agreement:${id}`, { path: { id }, body: form })
export const listMerchantOffers = (id: string) => get(`${C}/offers`, { query: { merchant: id, limit: 100 } as never })

export const listUnits = () => get(`${C}/units`, { query: { limit: 100 } as never })
export const enterUnit = (name: string, kind: UnitKind) => change('post', `${C}/units`, 'unit:new', { body: { name, kind } })
export const closeUnit = (id: string, reason: string) => change('post', `${C}/units/{id}/closure`, `unit:${id}`, { path: { id }, body: { reason } })
export const nameContact = (id: string, memberId: string, reason: string) => change('post', `${C}/units/{id}/contacts`, `contact:${id}`, { path: { id }, body: { memberId, reason } })
/** Units that the person speaks for. */
export const listContactUnits = () => get(`${C}/contact-units`, {})
export const listUnitMembers = (id: string, cursor?: string) => get(`${C}/units/{id}/members`, { path: { id }, query: { ...(cursor && { cursor }) } as never })
/** Hours of this year by kind of help, of those who let the unit see them. */
export const getUnitHours = (id: string) => get(`${C}/units/{id}/hours`, { path: { id } })
export const listProposals = (id: string) => get(`${C}/units/{id}/proposals`, { path: { id }, query: { limit: 100 } as never })
export const unitCode = (id: string) => change('post', `${C}/units/{id}/join-code`, `unit-code:${id}`, { path: { id }, body: { validDays: 7, uses: 50 } })
export const removeUnitMember = (id: string, membershipId: string, reason: string) => change('post', `${C}/units/{id}/members/removal`, `unit-member:${membershipId}`, { path: { id }, body: { membershipId, reason } })

export const listPartnerships = () => get(`${C}/partnerships`, { query: { limit: 100 } as never })
/** Another approves it. */
export const signPartnership = (partner: string, kind: PartnerKind, commitments: string, startsOn: string, endsOn: string | null) =>
  change('post', `${C}/partnerships`, 'partnership:new', { body: { partner, kind, commitments, startsOn, endsOn } })
export const endPartnership = (id: string) => change('post', `${C}/partnerships/{id}/end`, `partnership:${id}`, { path: { id } })

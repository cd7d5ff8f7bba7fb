import type { OfferForm, OfferState, TillItem } from '../api/schema'
import { change, get } from '../api/client'
import { Problem } from '../api/problem'

const C = '/api/v1/communities/{communityId}'
const CHOSEN = 'merchant'
/** Numbers of a page of the till. */
const NUMBERS = 100
/** A clerk's code is good so long, in minutes. */
const CODE_MINUTES = 60

/** The merchants where the person works, and the one whose counter this phone is. */
export async function listJobs() {
  const jobs = await get(`${C}/merchant-jobs`, {}).catch((error) => {
    // Nobody's clerk yet: the counter asks for a code.
    if (Problem.of(error).code === 'auth.role_needed') return []
    throw error
  })
  return { jobs, chosen: jobs.find((j) => j.merchantId === wx.getStorageSync(CHOSEN)) ?? jobs[0] }
}

/** Makes this phone another merchant's counter. */
export const chooseMerchant = (id: string) => wx.setStorageSync(CHOSEN, id)

/** Becomes a clerk with the owner's code. */
export const becomeClerk = (code: string) => change('post', `${C}/merchant-jobs`, 'become-clerk', { body: { code } })

/** Today's numbers; only those that are held, or all. */
export const listTill = (merchant: string, state?: 'held', cursor?: string) => get(`${C}/merchants/{id}/till`, { path: { id: merchant }, query: { limit: NUMBERS, ...(state && { state }), ...(cursor && { cursor }) } as never })

/** Today's totals. */
export const getTillDay = (merchant: string) => get(`${C}/merchants/{id}/till/day`, { path: { id: merchant } })

/** The one with a number. */
export const getNumber = (merchant: string, number: number) => get(`${C}/merchants/{id}/till/numbers/{number}`, { path: { id: merchant, number } })

/** The merchant's offers. */
export const listOwnOffers = (merchant: string) => get(`${C}/merchants/{id}/own-offers`, { path: { id: merchant } })

/** What a clerk does with coins. Each is one request, and the same again is the same: what it does is asked for until it is known. */
export type Deed =
  | { kind: 'scan'; merchant: string; code: string; offerId: string | null; version: number | null }
  | { kind: 'card'; merchant: string; code: string; witness: string; offerId: string; version: number }
  | { kind: 'give'; merchant: string; id: string; what: string }
  | { kind: 'refuse'; merchant: string; id: string; what: string; reason: string }

/** What came of a deed, as the counter needs it. */
export interface Settled {
  id: string
  number: number
  quantity: number
  title: string
  coins: number
  state: TillItem['state']
  awaitsMember: boolean
}

/** Does it once; throws a problem whose outcome is unknown when no answer came. */
export async function settle(deed: Deed): Promise<Settled> {
  const slot = deed.kind === 'give' || deed.kind === 'refuse' ? `till:${deed.id}` : `till:${deed.code}`
  if (deed.kind === 'scan') return settled(await change('post', `${C}/merchants/{id}/till/scans`, slot, { path: { id: deed.merchant }, body: { code: deed.code, offerId: deed.offerId, version: deed.version, quantity: 1, isPreview: false } }))
  if (deed.kind === 'card') return settled(await change('post', `${C}/merchants/{id}/till/cards`, slot, { path: { id: deed.merchant }, body: { cardCode: deed.code, witness: deed.witness, offerId: deed.offerId, version: deed.version, quantity: 1 } }))
  const path = { id: deed.merchant, redemptionId: deed.id }
  const ended = deed.kind === 'give'
    ? await change('post', `${C}/merchants/{id}/redemptions/{redemptionId}/hand-over`, slot, { path, body: { isForFamily: false } })
    : await change('post', `${C}/merchants/{id}/redemptions/{redemptionId}/refusal`, slot, { path, body: { reason: deed.reason } })
  return { ...ended, title: deed.what, coins: Number(ended.coins), awaitsMember: false }
}

const settled = (t: TillItem): Settled => ({ id: t.id, number: t.number, quantity: t.quantity, title: t.title, coins: Number(t.coins), state: t.state, awaitsMember: t.awaitsMember })

const WAITING = 'till-waiting'

/** A deed whose end isn't known, kept for the case that the program is closed meanwhile. */
export const waitingDeed = (): Deed | undefined => (wx.getStorageSync(WAITING) as Deed | '') || undefined

/** Keeps it, or forgets it. */
export const keepWaiting = (deed: Deed | undefined) => (deed ? wx.setStorageSync(WAITING, deed) : wx.removeStorageSync(WAITING))

/** Takes the last one back, within ten seconds. */
export const undo = (merchant: string, id: string) => change('post', `${C}/merchants/{id}/redemptions/{redemptionId}/undo`, `undo:${id}`, { path: { id: merchant, redemptionId: id } })

/** 退回 of one that was given, with a reason. */
export const refund = (merchant: string, id: string, coins: number, reason: string) => change('post', `${C}/merchants/{id}/redemptions/{redemptionId}/refunds`, `refund:${id}`, { path: { id: merchant, redemptionId: id }, body: { coins, reason } })

/** Pins an offer for rush mode; null ends it. */
export const pin = (merchant: string, offerId: string | null) => change('put', `${C}/merchants/{id}/pinned-offer`, `pin:${merchant}`, { path: { id: merchant }, body: { offerId } })

/** The counter had no network: what is held is held longer. */
export const extendTill = (merchant: string) => change('post', `${C}/merchants/{id}/till/extension`, `extend:${merchant}`, { path: { id: merchant } })

/** While the counter is open, no WeChat messages about it. */
export const markTill = (isOpen: boolean) => change('put', `${C}/messages/till`, 'till-open', { body: { isOpen } })

/** Proposes a new offer, or a change of one. Staff approve it. */
export const proposeOffer = (merchant: string, offerId: string | undefined, form: OfferForm) => offerId
  ? change('post', `${C}/merchants/{id}/offers/{offerId}/versions`, `offer:${offerId}`, { path: { id: merchant, offerId }, body: form })
  : change('post', `${C}/merchants/{id}/offers`, 'offer:new', { path: { id: merchant }, body: form })

/** Pauses an offer, takes it up again, or ends it. */
export const setOfferState = (merchant: string, offerId: string, state: OfferState) => change('post', `${C}/merchants/{id}/offers/{offerId}/state`, `offer-state:${offerId}`, { path: { id: merchant, offerId }, body: { state } })

/** The merchant itself. */
export const getMerchant = (id: string) => get(`${C}/merchants/{id}`, { path: { id } })

/** Who works there. */
export const listClerks = (merchant: string) => get(`${C}/merchants/{id}/staff`, { path: { id: merchant } })

/** A code for new clerks. */
export const clerkCode = (merchant: string) => change('post', `${C}/merchants/{id}/clerk-code`, `clerk-code:${merchant}`, { path: { id: merchant }, body: { validMinutes: CODE_MINUTES, uses: 1 } })

/** Takes a clerk off. */
export const removeClerk = (merchant: string, staffId: string, reason: string) => change('post', `${C}/merchants/{id}/staff/removal`, `remove:${staffId}`, { path: { id: merchant }, body: { staffId, reason } })

/** Days and hours in which something can be exchanged. */
export const setHours = (merchant: string, weekdays: number[], from: string, to: string) => change('put', `${C}/merchants/{id}/hours`, `hours:${merchant}`, { path: { id: merchant }, body: { weekdays, from, to } })

/** Rests until a day; null opens again. */
export const rest = (merchant: string, until: string | null) => change('put', `${C}/merchants/{id}/rest`, `rest:${merchant}`, { path: { id: merchant }, body: { until } })

import { change, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** What can be exchanged, by merchant. */
export const listOffers = (cursor?: string) => get(`${C}/offers`, { query: { ...(cursor && { cursor }) } as never })

/** One offer. */
export const getOffer = (id: string) => get(`${C}/offers/{id}`, { path: { id } })

/** Holds so many of an offer at the version that was shown, until its closing time. */
export const hold = (offerId: string, version: number, quantity: number) => change('post', `${C}/redemptions`, `hold:${offerId}`, { body: { offerId, version, quantity, isAtTill: false } })

/** Own redemptions, newest first. */
export const listRedemptions = (cursor?: string) => get(`${C}/redemptions`, { query: { ...(cursor && { cursor }) } as never })

/** One of them. */
export const getRedemption = (id: string) => get(`${C}/redemptions/{id}`, { path: { id } })

/** Gives the place back; the coins return at once. */
export const cancelHold = (id: string) => change('post', `${C}/redemptions/{id}/cancellation`, `cancel-hold:${id}`, { path: { id } })

/** Answers a clerk's request above the threshold. */
export const consent = (id: string, isYes: boolean) => change('post', `${C}/redemptions/{id}/consent`, `consent:${id}`, { path: { id }, body: { isYes } })

/** Gives coins to the pool for neighbours in need. */
export const giveToPool = (coins: number) => change('post', `${C}/coins/gifts`, 'gift', { body: { coins } })

import { change, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** What can be exchanged, by merchant. */
export const listOffers = (cursor?: string) => get(`${C}/offers`, { query: { ...(cursor && { cursor }) } as never })

/** What one merchant has, the offer of the day first. */
export const listShopOffers = async (merchant: string) => [...(await get(`${C}/offers`, { query: { merchant } as never })).items].sort((a, b) => Number(b.isPinned) - Number(a.isPinned))

/** One offer. */
export const getOffer = (id: string) => get(`${C}/offers/{id}`, { path: { id } })

/** Holds so many of an offer at the version that was shown, until its closing time. */
export const hold = (offerId: string, version: number, quantity: number) => change('post', `${C}/redemptions`, `hold:${offerId}`, { body: { offerId, version, quantity, isAtTill: false } })

/** Takes it at the till, where the merchant's code was scanned: held for a quarter of an hour. */
export const holdAtTill = (offerId: string, version: number, quantity: number) => change('post', `${C}/redemptions`, `till:${offerId}`, { body: { offerId, version, quantity, isAtTill: true } })

/** Own redemptions, newest first. */
export const listRedemptions = (cursor?: string) => get(`${C}/redemptions`, { query: { ...(cursor && { cursor }) } as never })

/** The newest of them. */
export const latestRedemption = async () => (await get(`${C}/redemptions`, { query: { limit: 1 } as never })).items[0]

/** One of them. */
export const getRedemption = (id: string) => get(`${C}/redemptions/{id}`, { path: { id } })

/** Gives the place back; the coins return at once. */
export const cancelHold = (id: string) => change('post', `${C}/redemptions/{id}/cancellation`, `cancel-hold:${id}`, { path: { id } })

/** Answers a clerk's request above the threshold. */
export const consent = (id: string, isYes: boolean) => change('post', `${C}/redemptions/{id}/consent`, `consent:${id}`, { path: { id }, body: { isYes } })

/** Says that an exchange isn't right; staff answer, and may give coins back. */
export const dispute = (id: string, text: string) => change('post', `${C}/redemptions/{id}/disputes`, `dispute:${id}`, { path: { id }, body: { text } })

/** What was asked about an exchange and answered, the latest first. */
export const listDisputes = async (id: string) => (await get(`${C}/redemptions/{id}/disputes`, { path: { id } })).items

/** What is held for those whom the person may collect for. */
export const listToCollect = () => get(`${C}/family-redemptions`, {})

/** Coins in the pool for neighbours in need. */
export const getPool = async () => Number((await get(`${C}/coins/pool`, {})).coins)

/** Gives coins to the pool for neighbours in need. */
export const giveToPool = (coins: number) => change('post', `${C}/coins/gifts`, 'gift', { body: { coins } })

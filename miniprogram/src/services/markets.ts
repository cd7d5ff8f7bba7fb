import type { ApplyForStallRequest } from '../api/schema'
import { change, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** The newest markets, the latest to begin first. */
export const listMarkets = async () => (await get(`${C}/markets`, { query: {} as never })).items

/** One with the stalls that come. */
export const getMarket = (id: string) => get(`${C}/markets/{id}`, { path: { id } })

/** A stall that comes; nobody is named. */
export const getStall = (id: string) => get(`${C}/stalls/{id}`, { path: { id } })

/** Stalls for which the person answers, newest first. */
export const listMyStalls = async () => (await get(`${C}/my/stalls`, { query: {} as never })).items

/** Applies for a stall; staff decide. */
export const applyForStall = (market: string, body: ApplyForStallRequest) => change('post', `${C}/markets/{id}/stalls`, `stall:${market}`, { path: { id: market }, body })

/** Takes the application, or the stall, back until the market begins. */
export const withdrawStall = (id: string) => change('post', `${C}/stalls/{id}/withdrawal`, `withdraw-stall:${id}`, { path: { id } })

/** Says what the stall took, in fen; of a 便民 booth also how many people it served. */
export const declareTakings = (id: string, takingsFen: number, peopleServed: number | null) => change('put', `${C}/stalls/{id}/takings`, `takings:${id}`, { path: { id }, body: { takingsFen, peopleServed } })

/** Thanks a stall; once counts. How many neighbours did. */
export const thankStall = async (id: string) => (await change('post', `${C}/stalls/{id}/thanks`, `thank-stall:${id}`, { path: { id } })).thanks

/** What became of a market's takings, in sums. */
export const traceMarket = (id: string) => get(`${C}/markets/{id}/trace`, { path: { id } })

/** The same from one stall of it. */
export const traceStall = (id: string) => get(`${C}/stalls/{id}/trace`, { path: { id } })

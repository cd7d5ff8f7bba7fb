import type { ApplyForStallRequest, MarketForm, MarketState } from '../api/schema'
import { change, download, get } from '../api/client'

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

/** Markets as staff see them, the latest to begin first. */
export const listStaffMarkets = (state?: MarketState, cursor?: string) => get(`${C}/staff/markets`, { query: { ...(state && { state }), ...(cursor && { cursor }) } as never })

export const getStaffMarket = (id: string) => get(`${C}/staff/markets/{id}`, { path: { id } })

/** A new draft, or a change. */
export const addMarket = (form: MarketForm) => change('post', `${C}/staff/markets`, 'market:new', { body: form })
export const changeMarket = (id: string, form: MarketForm, version: number) => change('put', `${C}/staff/markets/{id}`, `market:${id}`, { path: { id }, body: { form, version } })

/** Takes applications from now on; ends it when it was; calls it off; settles it, with a word where less came than was pledged. */
export const openMarket = (id: string) => change('post', `${C}/staff/markets/{id}/opening`, `market-open:${id}`, { path: { id } })
export const closeMarket = (id: string) => change('post', `${C}/staff/markets/{id}/closing`, `market-close:${id}`, { path: { id } })
export const cancelMarket = (id: string, reason: string) => change('post', `${C}/staff/markets/{id}/cancellation`, `market-cancel:${id}`, { path: { id }, body: { reason } })
export const settleMarket = (id: string, note: string | null) => change('post', `${C}/staff/markets/{id}/settlement`, `market-settle:${id}`, { path: { id }, body: { note } })

/** Its stalls with the people, in the order of the applications. */
export const listStaffStalls = (market: string, cursor?: string) => get(`${C}/staff/markets/{id}/stalls`, { path: { id: market }, query: { limit: 50, ...(cursor && { cursor }) } as never })

/** Gives a stall its number, or says why not. */
export const decideStall = (id: string, approve: boolean, reason: string | null) => change('post', `${C}/staff/stalls/{id}/decision`, `decide-stall:${id}`, { path: { id }, body: { approve, reason } })

/** The stall's code as a picture on this phone, to be shown, kept or printed for its sign. */
export const stallCode = (id: string) => download(`/stalls/${id}/code`, '摊位码还没准备好，请过一会儿再试，或打电话问社区。')

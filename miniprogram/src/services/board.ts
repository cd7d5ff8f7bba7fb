import { get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** 公示: the latest months, earliest first; empty until the first was over. */
export const listBoardMonths = async () => (await get(`${C}/board/months`, {})).months

/** A month (2026-11) with its kinds of help. */
export const getBoardMonth = (month: string) => get(`${C}/board/months/{month}`, { path: { month } })

/** The fund's accounts of a year, in fen; of the present one where none is named. */
export const getFundYear = (year?: number) => get(`${C}/fund/accounts`, { query: { ...(year && { year }) } as never })

/** What the fund has paid to merchants in all. */
export const getBoardFund = () => get(`${C}/board/fund`, {})

/** The charity's receipts, the newest first. */
export const listFundReceipts = (cursor?: string) => get(`${C}/fund/receipts`, { query: { ...(cursor && { cursor }) } as never })

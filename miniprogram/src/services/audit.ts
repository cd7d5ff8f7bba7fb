import { change, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** Service records, newest first. */
export const listRecords = (cursor?: string) => get(`${C}/service-records`, { query: { ...(cursor && { cursor }) } as never })

/** 抽查: every draw, the newest first. */
export const listSpotChecks = (cursor?: string) => get(`${C}/spot-checks`, { query: { ...(cursor && { cursor }) } as never })

/** A draw with the evidence as it is known now. */
export const getSpotCheck = (id: string) => get(`${C}/spot-checks/{id}`, { path: { id } })

/** Draws ten at random of a month (2026-11). */
export const drawSpotCheck = (month: string) => change('post', `${C}/spot-checks`, `spot-check:${month}`, { body: { month } })

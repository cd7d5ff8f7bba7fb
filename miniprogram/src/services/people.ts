import { change, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** The roles of the person here. */
export const getMe = () => get(`${C}/me`, {})

/** The person's membership; refused with membership.none where there is none. */
export const getMembership = () => get(`${C}/membership`, {})

/** Joins, with every document in force accepted. */
export const join = (displayName: string, acceptedDocumentIds: string[]) => change('post', `${C}/membership`, 'join', { body: { displayName, building: null, acceptedDocumentIds, birthDate: null } })

/** The person's children here. */
export const listChildren = async () => (await get(`${C}/children`, {})).children

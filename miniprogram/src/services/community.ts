import { get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** Name, telephone, today's day and the server's time of the community. */
export const getCommunity = () => get(C, {})

/** The rule documents in force. */
export const listDocuments = async () => (await get(`${C}/documents`, {})).items

/** One with its text. */
export const getDocument = (id: string) => get(`${C}/documents/{id}`, { path: { id } })

/** Calls the community; every refusal offers it. */
export async function callCommunity() {
  const phone = await getCommunity().then((c) => c.phone, () => '')
  if (phone) await wx.makePhoneCall({ phoneNumber: phone })
}

import { get } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** Name, telephone, today's day and the server's time of the community. */
export const getCommunity = () => get(C, {})

/** The rule documents in force. */
export const listDocuments = async () => (await get(`${C}/documents`, {})).items

/** One with its text. */
export const getDocument = (id: string) => get(`${C}/documents/{id}`, { path: { id } })

/** Every version of a document, newest first. */
export const listVersions = async (id: string) => (await get(`${C}/documents/{id}/versions`, { path: { id }, query: {} as never })).items

/** Stations of volunteering, by name. */
export const listStations = async () => (await get(`${C}/stations`, { query: {} as never })).items

/** Teams of volunteers, by name. */
export const listTeams = async () => (await get(`${C}/teams`, { query: {} as never })).items

/** Posts of volunteers. */
export const listPosts = async () => (await get(`${C}/posts`, { query: {} as never })).items

/** The seals of the monthly books, newest first: anybody may keep them and hold them against the books later. */
export const listMonthHeads = (cursor?: string) => get(`${C}/journal/month-heads`, { query: { ...(cursor && { cursor }) } as never })

/** In a word, whether the fund covers the coins that are out: 充足, 偏紧, 不足; null where nobody can say yet. */
export const getCover = async () => (await get(`${C}/fund/cover`, {})).word

/** Calls the community; every refusal offers it. */
export async function callCommunity() {
  const phone = await getCommunity().then((c) => c.phone, () => '')
  if (phone) await wx.makePhoneCall({ phoneNumber: phone })
}

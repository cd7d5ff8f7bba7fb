import type { OpenTicketResponse } from '../api/schema'
import { change, get } from '../api/client'

const C = '/api/v1/communities/{communityId}'
const KEPT = 'check-in-ticket'

/** A ticket for a scanned code, at once: the code is over in a minute, the ticket in ten. Kept, so that joining on the way doesn't lose it. */
export async function ticketFor(code: string): Promise<OpenTicketResponse> {
  const kept = wx.getStorageSync(KEPT) as { code: string; ticket: OpenTicketResponse } | ''
  if (kept && kept.code === code) return kept.ticket
  const ticket = await change('post', `${C}/check-in/tickets`, `ticket:${code}`, { body: { code } })
  wx.setStorageSync(KEPT, { code, ticket })
  return ticket
}

/** Tickets for what the person is on the list of at a venue now, by the code that hangs there. */
export const venueTickets = async (scene: string): Promise<OpenTicketResponse[]> => (await change('post', `${C}/check-in/venue-tickets`, `venue:${scene}`, { body: { scene } })).tickets

/** How the person and the children stand in a shift. */
export const getMyCheckIn = (shiftId: string) => get(`${C}/shifts/{id}/my-check-in`, { path: { id: shiftId } })

/** In or out with the ticket, which is used once; null for oneself alone. The same people again get the same answer. */
export const checkIn = (ticket: string, memberIds: string[] | null) => change('post', `${C}/check-in`, 'check-in', { body: { ticket, memberIds } })

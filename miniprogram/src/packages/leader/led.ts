import type { LedShiftsItem } from '../../api/schema'
import { dayOf, nearDay, span, type Day } from '../../domain/dates'
import { listLedShifts } from '../../services/door'

const CHOSEN = 'led-shift'

/** A shift as the leader's pages show it. */
export const shiftView = (s: LedShiftsItem, today: Day) => ({
  id: s.id,
  title: s.activity,
  activity: s.activityId,
  when: `${nearDay(dayOf(s.startsAt), today)} ${span(s.startsAt, s.endsAt)}`,
  address: s.address,
  startsAt: s.startsAt,
  endsAt: s.endsAt,
  taken: s.taken,
  capacity: s.capacity,
  there: s.there,
  toVerify: s.toVerify,
})

export type ShiftView = ReturnType<typeof shiftView>

/** Keeps which shift the leader is at: 名单 and 核时长 open on it. */
export const choose = (id: string) => wx.setStorageSync(CHOSEN, id)

/** The leader's shifts, those to come first, and the one that is chosen: by the page's query, by an earlier tap, else the next, else the last. */
export async function ledShifts(today: Day, wanted: string | undefined): Promise<{ shifts: ShiftView[]; chosen: ShiftView | undefined }> {
  const [coming, past] = await Promise.all([listLedShifts(), listLedShifts(true)])
  const shifts = [...coming.items, ...past.items].map((s) => shiftView(s, today))
  const chosen = [wanted, wx.getStorageSync(CHOSEN) as string].map((id) => shifts.find((s) => s.id === id)).find(Boolean) ?? shifts[0]
  return { shifts, chosen }
}

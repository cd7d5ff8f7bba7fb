import type { CheckedPerson, FillRosterOutcome, RegisterByLeaderOutcome, UploadKeptItem } from '../api/schema'
import { change, get, getIfChanged, randomBytes } from '../api/client'
import { Problem } from '../api/problem'
import { codeIn, type DoorKey } from '../domain/codes'
import { uuid } from '../domain/ids'

const C = '/api/v1/communities/{communityId}'
/** Lines of a list at once. */
const LINES = 100
/** Most things in one upload (the server's limit). */
const UPLOAD = 100
/** A key of a shift that was asked for in this run; the next run asks anew. */
const fresh = new Set<string>()

/** The shifts that the person leads: those to come by time, or those that are over, newest first. */
export const listLedShifts = (past = false) => get(`${C}/led-shifts`, { query: { past } as never })

/** The door as it is; undefined while it is as `tag` says. */
export const watchDoor = (shiftId: string, tag: string | undefined) => getIfChanged(`${C}/shifts/{id}/attendance`, { path: { id: shiftId }, query: { limit: LINES } as never }, tag)

/** Another part of a long list. */
export const moreOfDoor = (shiftId: string, cursor: string) => get(`${C}/shifts/{id}/attendance`, { path: { id: shiftId }, query: { limit: LINES, cursor } as never })

/** The key of a shift's codes: kept, so that the phone makes them without network. */
export async function doorKey(shiftId: string): Promise<DoorKey> {
  const slot = `door-key:${shiftId}`
  const kept = wx.getStorageSync(slot) as DoorKey | ''
  if (kept && fresh.has(shiftId)) return kept
  try {
    const key = await get(`${C}/shifts/{id}/door-key`, { path: { id: shiftId } })
    wx.setStorageSync(slot, key)
    fresh.add(shiftId)
    return key
  } catch (error) {
    if (kept && Problem.of(error).code === 'client.no_network') return kept
    throw error
  }
}

/** What was scanned at the door, as the server takes it: a personal code, else a card's number. */
export function scanned(result: string): { code: string } | { cardCode: string } {
  const code = codeIn(result)
  return code?.startsWith('my.') ? { code: result } : { cardCode: result.trim() }
}

/** In or out of whose code or card was scanned; their name with it. */
export const scanPerson = (shiftId: string, result: string) => change('post', `${C}/shifts/{id}/person-scans`, `person-scan:${shiftId}`, { path: { id: shiftId }, body: scanned(result) as never })

/** Ticks somebody in or out; throws what the server says about that one. */
export async function tick(shiftId: string, memberId: string, did: 'in' | 'out'): Promise<CheckedPerson> {
  const body = { memberIds: [memberId] }
  const { outcomes } = did === 'in'
    ? await change('post', `${C}/shifts/{id}/check-ins`, `tick:${memberId}`, { path: { id: shiftId }, body })
    : await change('post', `${C}/shifts/{id}/check-outs`, `tick:${memberId}`, { path: { id: shiftId }, body })
  return personOf(outcomes[0]!)
}

const personOf = (outcome: RegisterByLeaderOutcome): CheckedPerson => {
  if (!outcome.person) throw new Problem(outcome.code ?? '', outcome.message ?? '这次没有登记上，请再试一次。', 409)
  return outcome.person
}

/** Adds somebody who just came along, and ticks them in. */
export async function walkIn(shiftId: string, memberId: string): Promise<CheckedPerson> {
  const { outcomes } = await change('post', `${C}/shifts/{id}/walk-ins`, `walk-in:${memberId}`, { path: { id: shiftId }, body: { memberIds: [memberId] } })
  throwRefused(outcomes[0]!)
  return tick(shiftId, memberId, 'in')
}

/** Signs people up for a shift, as the group's 接龙 says; what was refused says why. */
export const addToRoster = async (shiftId: string, memberIds: string[]) => (await change('post', `${C}/shifts/{id}/roster`, `roster:${shiftId}`, { path: { id: shiftId }, body: { memberIds } })).outcomes

const throwRefused = (outcome: FillRosterOutcome) => {
  if (outcome.code) throw new Problem(outcome.code, outcome.message ?? '', 409)
}

/** Who of the members a pasted text means. */
export const readChain = (shiftId: string, text: string) => change('post', `${C}/shifts/{id}/chain-preview`, `chain:${shiftId}`, { path: { id: shiftId }, body: { text } })

/** The roster as a text for the group. */
export const copyChain = async (shiftId: string) => (await get(`${C}/shifts/{id}/chain`, { path: { id: shiftId } })).text

/** Members who are called so. */
export const findByName = async (shiftId: string, name: string) => (await readChain(shiftId, `1. ${name}`)).lines[0]?.members ?? []

/** Takes a wrong check-in back. */
export const undoCheckIn = (attendanceId: string) => change('delete', `${C}/attendances/{id}`, `undo:${attendanceId}`, { path: { id: attendanceId } })

/** Enters when somebody came and went. */
export const enterTimes = (shiftId: string, memberId: string, checkedInAt: string, checkedOutAt: string | null, reason: string) =>
  change('post', `${C}/shifts/{id}/attendance-entries`, `times:${memberId}`, { path: { id: shiftId }, body: { memberId, checkedInAt, checkedOutAt, reason } })

/** So many people are there, counted by eye. */
export const countHeads = (shiftId: string, people: number) => change('put', `${C}/shifts/{id}/head-count`, `heads:${shiftId}`, { path: { id: shiftId }, body: { people } })

/** After the end: everybody who forgot leaves at the end. */
export const checkOutAll = (shiftId: string) => change('post', `${C}/shifts/{id}/end-check-outs`, `end:${shiftId}`, { path: { id: shiftId } })

/** Sign-ups as they wait, with the waitlist. */
export const listRoster = (shiftId: string) => get(`${C}/shifts/{id}/roster`, { path: { id: shiftId }, query: { limit: LINES } as never })

/** Says yes to a sign-up that needs it. */
export const approveSignup = (id: string) => change('post', `${C}/signups/{id}/approval`, `approve:${id}`, { path: { id } })

/** Says no, with a reason. */
export const rejectSignup = (id: string, reason: string) => change('post', `${C}/signups/{id}/rejection`, `reject:${id}`, { path: { id }, body: { reason } })

/** 准假, with a reason. */
export const excuseSignup = (id: string, reason: string) => change('post', `${C}/signups/{id}/excuse`, `excuse:${id}`, { path: { id }, body: { reason } })

/** People served, problems solved, what was done. */
export const enterFigures = (shiftId: string, peopleServed: number | null, problemsSolved: number | null, lines: string | null) =>
  change('put', `${C}/shifts/{id}/figures`, `figures:${shiftId}`, { path: { id: shiftId }, body: { peopleServed, problemsSolved, lines } })

// ---- without network ----

const slotOf = (shiftId: string) => `kept-scans:${shiftId}`

/** What the phone keeps of a shift until there is a network. */
export const kept = (shiftId: string): UploadKeptItem[] => (wx.getStorageSync(slotOf(shiftId)) as UploadKeptItem[] | '') || []

/** Keeps a scan or a tick with its time. */
export async function keep(shiftId: string, what: { code: string } | { cardCode: string } | { memberId: string; did: 'in' | 'out' }) {
  const item = { id: uuid(await randomBytes()), at: new Date().toISOString(), did: null, memberId: null, code: null, cardCode: null, ...what }
  wx.setStorageSync(slotOf(shiftId), [...kept(shiftId), item])
}

/** Sends what was kept; what doesn't fit is among the conflicts of the list. How many were sent. */
export async function uploadKept(shiftId: string): Promise<number> {
  const items = kept(shiftId).slice(0, UPLOAD)
  if (items.length === 0) return 0
  // Each has its own id, so that sending it again changes nothing; the clock's time makes every call its own.
  await change('post', `${C}/shifts/{id}/kept-scans`, `kept:${shiftId}`, { path: { id: shiftId }, body: { sentAt: new Date().toISOString(), items } })
  const sent = new Set(items.map((i) => i.id))
  wx.setStorageSync(slotOf(shiftId), kept(shiftId).filter((i) => !sent.has(i.id)))
  return items.length
}

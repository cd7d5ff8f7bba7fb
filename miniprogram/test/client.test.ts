import { beforeEach, expect, test, vi } from 'vitest'
import { change, get } from '../src/api/client'
import { Problem } from '../src/api/problem'

interface Sent {
  url: string
  method: string
  header: Record<string, string>
  data: unknown
}
type Reply = { statusCode: number; data: unknown } | 'lost'

const C = '/api/v1/communities/{communityId}'
let sent: Sent[]
let replies: ((sent: Sent) => Reply)[]
let storage: Map<string, unknown>

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-27T00:00:00Z') })
  sent = []
  replies = []
  storage = new Map([['tokens', tokens('a1')]])
  let random = 0
  vi.stubGlobal('wx', {
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => storage.set(key, structuredClone(value)),
    removeStorageSync: (key: string) => storage.delete(key),
    getRandomValues: async () => ({ randomValues: new Uint8Array(16).fill(++random).buffer }),
    login: async () => ({ code: 'code' }),
    request(options: Sent & { success(r: object): void; fail(): void }) {
      sent.push({ url: options.url.replace(/^https:\/\/[^/]+/, ''), method: options.method, header: options.header, data: options.data })
      const reply = replies.shift()?.(sent.at(-1)!) ?? 'lost'
      queueMicrotask(() => (reply === 'lost' ? options.fail() : options.success(reply)))
    },
  })
})

const tokens = (accessToken: string) => ({ accessToken, refreshToken: 'r', accessExpiresAt: '2026-11-27T00:15:00Z', refreshExpiresAt: '2026-12-27T00:00:00Z', personId: 'p' })
const ok = (data: unknown) => () => ({ statusCode: 200, data })
const refusal = (statusCode: number, code: string) => () => ({ statusCode, data: { code, title: `${code}。` } })
const lost = () => 'lost' as const

async function settled<T>(work: Promise<T>): Promise<T | Problem> {
  const caught = work.catch((error: Problem) => error)
  await vi.runAllTimersAsync()
  return caught
}

test('a read is sent again when the network fails, and then says so', async () => {
  replies = [lost, lost, ok({ name: '凤凰里社区' })]
  expect(await settled(get(C, {}))).toEqual({ name: '凤凰里社区' })
  expect(sent.map((s) => s.url)).toEqual(['/api/v1/communities/1', '/api/v1/communities/1', '/api/v1/communities/1'])
  replies = [lost, lost, lost, ok('never asked')]
  expect(await settled(get(C, {}))).toMatchObject({ code: 'client.no_network', isUnknown: false })
})

test('a change keeps its request id over lost answers, and over the program\'s end', async () => {
  const cancel = () => change('post', `${C}/signups/{id}/cancellation`, 'cancel:s1', { path: { id: 's1' }, body: { reason: null } })
  replies = [lost, refusal(503, 'system.database_away'), lost, lost]
  expect(await settled(cancel())).toMatchObject({ code: 'client.unknown', isUnknown: true })
  const first = sent.map((s) => s.header['Idempotency-Key'])
  expect(new Set(first).size).toBe(1)
  replies = [ok({ signups: [] })]
  await settled(cancel())
  expect(sent.at(-1)!.header['Idempotency-Key']).toBe(first[0])
  expect([...storage.keys()]).toEqual(['tokens'])

  // Done once: asked for again, it is another thing.
  replies = [ok({ signups: [] })]
  await settled(cancel())
  expect(sent.at(-1)!.header['Idempotency-Key']).not.toBe(first[0])
})

test('a refusal is known: it is shown as it is, not sent again, and its request id is over', async () => {
  replies = [refusal(409, 'signup.full')]
  expect(await settled(change('post', `${C}/shifts/{id}/signups`, 'signup:x', { path: { id: 'x' }, body: { memberIds: [], joinWaitlist: false, isHoursOnly: false } }))).toMatchObject({ code: 'signup.full', title: 'signup.full。', status: 409 })
  expect(sent).toHaveLength(1)
  expect(storage.has('request:signup:x')).toBe(false)
})

test('another body under the same slot is another request', async () => {
  const sign = (memberIds: string[]) => change('post', `${C}/shifts/{id}/signups`, 'signup:x', { path: { id: 'x' }, body: { memberIds, joinWaitlist: true, isHoursOnly: false } })
  replies = [lost, lost, lost, lost, ok({ signups: [] })]
  await settled(sign(['m1']))
  await settled(sign(['m1', 'm2']))
  expect(sent.at(-1)!.header['Idempotency-Key']).not.toBe(sent[0]!.header['Idempotency-Key'])
})

test('a token that is over is renewed once for all who wait, and the call goes on', async () => {
  storage.set('tokens', tokens('old'))
  const answer = (s: Sent) =>
    s.url.endsWith('/refresh') ? { statusCode: 200, data: tokens('new') } : s.header['Authorization'] === 'Bearer old' ? { statusCode: 401, data: { code: 'auth.token_refused' } } : { statusCode: 200, data: s.header['Authorization'] }
  replies = Array.from({ length: 9 }, () => answer)
  expect(await settled(Promise.all([get(C, {}), get(C, {}), get(C, {})]))).toEqual(['Bearer new', 'Bearer new', 'Bearer new'])
  expect(sent.filter((s) => s.url.endsWith('/refresh'))).toHaveLength(1)
})

test('a phone whose clock is days wrong renews no token that the server takes', async () => {
  vi.setSystemTime(new Date('2026-12-05T00:00:00Z'))
  replies = [ok('answer')]
  expect(await settled(get(C, {}))).toBe('answer')
  expect(sent).toHaveLength(1)
})

test('a session that is over signs in anew; a 401 is tried once more and no further', async () => {
  replies = [refusal(401, 'auth.token_refused'), refusal(401, 'session.over'), ok(tokens('fresh')), ok('answer')]
  expect(await settled(get(C, {}))).toBe('answer')
  expect(sent.map((s) => `${s.method} ${s.url}`)).toEqual(['GET /api/v1/communities/1', 'POST /api/v1/sessions/refresh', 'POST /api/v1/sessions', 'GET /api/v1/communities/1'])
  replies = [refusal(401, 'auth.token_refused'), ok(tokens('again')), refusal(401, 'auth.token_refused')]
  expect(await settled(get(C, {}))).toMatchObject({ code: 'auth.token_refused' })
})

import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fenIn, hours, signed, yuan } from '../src/domain/amounts'
import { dayOf, daysOfMonth, endTimeOf, fullDay, longDay, moment, nearDay, partOfDay, span, timeOf, weekday } from '../src/domain/dates'
import { codeIn, fromBase64Url, personalCode, stepAt, toBase64Url } from '../src/domain/codes'
import { uuid } from '../src/domain/ids'
import { helpOf, standing, takesStalls } from '../src/domain/markets'

const today = '2026-11-27'

describe('days and times are Chengdu\'s, wherever the phone is', () => {
  test('an instant belongs to its day there', () => {
    expect(dayOf('2026-11-27T15:59:59Z')).toBe('2026-11-27')
    expect(dayOf('2026-11-27T16:00:00Z')).toBe('2026-11-28')
    expect(timeOf('2026-11-28T01:05:00+00:00')).toBe('9:05')
  })

  test('near days have names, far ones dates, other years say so', () => {
    expect(['2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30', '2026-12-03', '2026-12-04', '2027-01-01', '2026-11-26'].map((d) => nearDay(d, today))).toEqual([
      '今天', '明天', '后天', '周一', '周四', '12 月 4 日', '2027 年 1 月 1 日', '11 月 26 日',
    ])
    expect(fullDay('2026-11-28', today)).toBe('明天，11 月 28 日周六')
    expect(fullDay('2026-12-05', today)).toBe('12 月 5 日周六')
    expect(longDay('2025-12-31', today)).toBe('2025 年 12 月 31 日')
    expect(weekday('2026-11-29')).toBe('周日')
  })

  test('a month has all its days', () => {
    expect(daysOfMonth('2026-11-25')).toHaveLength(30)
    expect([daysOfMonth('2028-02')[0], daysOfMonth('2028-02').at(-1)]).toEqual(['2028-02-01', '2028-02-29'])
  })

  test('spans and parts of the day', () => {
    expect(span('2026-11-28T01:00:00Z', '2026-11-28T03:30:00Z')).toBe('9:00–11:30')
    expect([endTimeOf('2026-11-28T05:30:00Z'), endTimeOf('2026-11-28T16:00:00Z')]).toEqual(['13:30', '半夜 12 点'])
    expect(span('2026-11-28T14:00:00Z', '2026-11-28T16:30:00Z')).toBe('22:00–次日 0:30')
    expect(['2026-11-28T01:00:00Z', '2026-11-28T04:00:00Z', '2026-11-28T10:00:00Z'].map(partOfDay)).toEqual(['上午', '下午', '晚上'])
    expect(moment('2026-11-27T04:10:00Z', today)).toBe('今天 12:10')
    expect(moment('2026-11-20T04:10:00Z', today)).toBe('11 月 20 日')
  })
})

test('amounts as they are read', () => {
  expect([150, 60, 50, 0].map(hours)).toEqual(['2.5', '1', '0.8', '0'])
  expect([25, -18].map(signed)).toEqual(['+25', '−18'])
  expect([5000, 123456789, 1250, 0, -18].map(yuan)).toEqual(['50.00', '1,234,567.89', '12.50', '0.00', '−0.18'])
  expect(['50', ' 12.5 ', '0.29', '1234567.89', '', '1.234', '-5', '12345678', '1,5'].map(fenIn)).toEqual([5000, 1250, 29, 123456789, NaN, NaN, NaN, NaN, NaN])
})

describe('markets', () => {
  test('stalls are applied for until the market begins', () => {
    const market = (state: 'open' | 'closed') => ({ state, startsAt: '2026-11-28T01:00:00Z' })
    expect([takesStalls(market('open'), '2026-11-28T00:59:59Z'), takesStalls(market('open'), '2026-11-28T01:00:00Z'), takesStalls(market('closed'), '2026-11-28T00:00:00Z')]).toEqual([true, false, false])
    expect([standing(market('open'), '2026-11-28T00:59:59Z').text, standing(market('open'), '2026-11-28T01:00:00Z').text, standing(market('closed'), '2026-11-28T01:00:00Z').text]).toEqual(['招摊中', '进行中', '已收摊'])
  })

  test('help of all months is summed by its kind, the most first', () => {
    const month = (name: string, kind: string, minutes: number, peopleServed: number) => ({ month: name, paidFen: 0, help: [{ kind, minutes, peopleServed }] })
    const trace = { marketId: '', market: '', startsAt: '', state: 'settled' as const, stall: null, takingsFen: null, contributedFen: 0, receipts: 1, peopleServed: 0, months: [month('2026-11', '环保', 60, 0), month('2026-11', '一老一小', 120, 3), month('2026-12', '一老一小', 120, 4)] }
    expect(helpOf(trace)).toEqual([{ kind: '一老一小', text: '4 小时，帮了 7 人次', bar: 100 }, { kind: '环保', text: '1 小时', bar: 25 }])
    expect(helpOf({ ...trace, months: [] })).toEqual([])
  })
})

test('a request id is a version 4 UUID of all its random bits', () => {
  expect(uuid(new Uint8Array(16))).toBe('00000000-0000-4000-8000-000000000000')
  expect(uuid(new Uint8Array(16).fill(255))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff')
})

describe('codes', () => {
  const device = { deviceId: '01a213d0-d441-7db6-b4d8-57c749453f8e', secret: toBase64Url(Array.from({ length: 32 }, (_, i) => i * 7 % 256)), linkPrefix: 'https://phoenix.example/q/my.', stepSeconds: 30, expiresAt: '2027-01-01T00:00:00Z' }

  test('a device makes the code that the backend expects (DeviceKeys)', () => {
    const step = stepAt(Date.parse('2026-11-27T00:00:29Z'), 30)
    const mac = createHmac('sha256', Buffer.from(device.secret, 'base64url')).update(`phoenix/personal\ncheck-in\nleader\n1\n01a213d0d4417db6b4d857c749453f8e\n${step}`).digest().subarray(0, 16).toString('base64url')
    const id = Buffer.from('01a213d0d4417db6b4d857c749453f8e', 'hex').toString('base64url')
    expect(personalCode(device, 'check-in', 1, step)).toBe(`https://phoenix.example/q/my.check-in.1.${id}.${step}.${mac}`)
    expect(personalCode(device, 'till', 1, step)).not.toContain(mac)
    expect(step).toBe(stepAt(Date.parse('2026-11-27T00:00:00Z'), 30))
  })

  test('base64url both ways, of every length', () => {
    for (let length = 0; length < 8; length++) {
      const bytes = Array.from({ length }, (_, i) => (i * 91 + 200) % 256)
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes)
    }
  })

  test('a scanned text is ours or it isn\'t', () => {
    expect(codeIn('https://phoenix.example/q/check-in.1.AaIT0NRBfba02FfHSUU_jg.59854080.abc')).toBe('check-in.1.AaIT0NRBfba02FfHSUU_jg.59854080.abc')
    expect(codeIn('https://elsewhere.example/other')).toBeUndefined()
    expect(codeIn('WIFI:S:home;;')).toBeUndefined()
  })
})

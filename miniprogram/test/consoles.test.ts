import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { actionName } from '../src/domain/actions'
import { doorCode } from '../src/domain/codes'
import { consolesOf, homeOf, isOfConsole, tabsOf } from '../src/domain/consoles'
import { addDays, instantOf } from '../src/domain/dates'
import { filled, isOn, numberOf, ON, textOf, textOrNull, type Field } from '../src/domain/fields'
import { lineView, withKept } from '../src/packages/leader/roster/line'
import { cardOf } from '../src/packages/merchant/counter/result'

test('a door\'s code is the prefix, the step and half of the HMAC of both, as RotatingCodes makes it', () => {
  const key = Buffer.alloc(32, 7)
  const made = doorCode({ prefix: 'https://h/q/check-in.1.AAAA.', message: 'phoenix/code\ncheck-in\nresident\n1\n00\n', key: key.toString('base64url'), stepSeconds: 30 }, 58_000_000)
  const mac = createHmac('sha256', key).update('phoenix/code\ncheck-in\nresident\n1\n00\n58000000').digest().subarray(0, 16).toString('base64url')
  expect(made).toBe(`https://h/q/check-in.1.AAAA.58000000.${mac}`)
})

test('consoles are those of the roles, in one order, and pages know whose they are', () => {
  expect(consolesOf(['member', 'clerk', 'leader']).map((c) => c.key)).toEqual(['leader', 'merchant'])
  expect(consolesOf(['member', 'volunteer'])).toEqual([])
  expect(consolesOf(['treasurer', 'auditor', 'unitContact']).map((c) => c.key)).toEqual(['staff', 'unit', 'audit'])
  expect(tabsOf('staff', ['treasurer']).map((t) => t.key)).toEqual(['todo', 'people', 'books'])
  expect([tabsOf('staff', ['socialWorker']).length, tabsOf('staff', '').length]).toEqual([4, 4])
  expect(homeOf('merchant')).toBe('/packages/merchant/counter/counter')
  expect([isOfConsole('packages/staff/todo/todo'), isOfConsole('packages/volunteer/record/record'), isOfConsole('pages/me/me')]).toEqual([true, false, false])
})

test('a form keeps what is filled in, and knows a number from what is none', () => {
  const fields: Field[] = [{ key: 'a', label: '', type: 'text', value: '' }, { key: 'n', label: '', type: 'number', value: '' }, { key: 's', label: '', type: 'switch', value: '' }]
  const now = filled(filled(filled(fields, { key: 'a', value: ' 邻居 ' }), { key: 'n', value: '12' }), { key: 's', value: ON })
  expect([textOf(now, 'a'), textOrNull(fields, 'a'), numberOf(now, 'n'), numberOf(fields, 'n'), isOn(now, 's'), isOn(fields, 's')]).toEqual(['邻居', null, 12, null, true, false])
  for (const wrong of ['1.5', '-1', '十', '1 2']) expect(numberOf(filled(fields, { key: 'n', value: wrong }), 'n')).toBeNaN()
  expect(fields[0]!.value).toBe('')
})

test('days and times of a form are the community\'s', () => {
  expect(instantOf('2026-11-28', '9:05')).toBe('2026-11-28T01:05:00.000Z')
  expect(instantOf('2026-11-28', '00:00')).toBe('2026-11-27T16:00:00.000Z')
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
})

test('the log speaks in words, and shows what it doesn\'t know as it stands', () => {
  expect([actionName('merchant.entered'), actionName('shift.verified'), actionName('something.new')]).toEqual(['商家：登记', '时段：核时长', 'something.new'])
})

test('the counter\'s card says every end of an exchange, and offers to undo only what was given', () => {
  const done = { id: 'x', number: 27, quantity: 2, title: '爱心午餐', coins: 36, awaitsMember: false } as const
  expect(cardOf({ ...done, state: 'captured' }, 37, 10)).toMatchObject({ kind: 'done', title: '兑换成功两份', say: '27 号，爱心午餐，今天第 37 份', left: 10 })
  expect(cardOf({ ...done, state: 'held' }, 37, 10)).toMatchObject({ kind: 'held', title: '爱心午餐 2 份', left: 0 })
  expect(cardOf({ ...done, state: 'held', awaitsMember: true }, 37, 10)).toMatchObject({ kind: 'asks', left: 0 })
  for (const state of ['refused', 'cancelled', 'expired'] as const) expect(cardOf({ ...done, state }, 37, 10)).toMatchObject({ kind: 'other', left: 0 })
})

test('a line of the live list offers the one thing that can be done, and what the phone keeps stands as done', () => {
  const line = { signupId: 's', memberId: 'm', name: '王阿姨', isMinor: false, state: 'confirmed', attendanceId: null, checkedInAt: null, checkedInWay: null, checkedOutAt: null, checkedOutWay: null, minutes: null, grade: null, isNear: null } as const
  const there = { ...line, state: 'checkedIn', attendanceId: 'a', checkedInAt: '2026-11-28T00:58:00Z', checkedInWay: 'scan' } as const
  const gone = { ...there, state: 'checkedOut', checkedOutAt: '2026-11-28T03:30:00Z', checkedOutWay: 'roster', minutes: 150 } as const
  expect([line, there, gone, { ...gone, state: 'recorded' } as const].map(lineView).map((l) => [l.note, l.deed])).toEqual([['还没到', 'in'], ['8:58 到，扫码', 'out'], ['8:58 到，11:30 走', ''], ['已核 2.5 小时', '']])
  expect(withKept([lineView(line)], [{ memberId: 'm', did: 'in' }])[0]).toMatchObject({ note: '到了，等网络上传', deed: 'out' })
  expect(withKept([lineView(line)], [{ memberId: 'm', did: 'in' }, { memberId: 'm', did: 'out' }])[0]).toMatchObject({ note: '走了，等网络上传', deed: '' })
  expect(withKept([lineView(line)], [{ memberId: 'another', did: 'in' }])[0]!.deed).toBe('in')
})

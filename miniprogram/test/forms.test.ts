import { expect, test } from 'vitest'
import { endOf, minutesBetween } from '../src/domain/dates'
import { filled, refusedAt, type Field } from '../src/domain/fields'

const fields: Field[] = [
  { key: 'name', label: '叫什么', type: 'text', value: '平安队' },
  { key: 'to', label: '几点结束（不填就不限）', type: 'time', value: '11:00' },
]

test('what is refused stands at its field, by path or by code, and goes when the field is filled in anew', () => {
  const byPath = refusedAt(fields, { code: 'request.invalid', title: '请填写名称。', errors: { '$.name': ['请填写名称。'], '$.minutes': ['太短。'] } }, { '$.minutes': 'to' })
  expect(byPath.fields.map((f) => f.error)).toEqual(['请填写名称。', '太短。'])
  expect(byPath.refusal).toBe('叫什么：请填写名称。')
  const byCode = refusedAt(byPath.fields, { code: 'team.name_taken', title: '已经有同名的队。', errors: {} }, { 'team.name_taken': 'name' })
  expect(byCode.fields.map((f) => f.error)).toEqual(['已经有同名的队。', ''])
  expect(filled(byCode.fields, { key: 'name', value: '新队' })[0]).toMatchObject({ value: '新队', error: '' })
})

test('what is about no field is said as it is; a label is said without its aside', () => {
  expect(refusedAt(fields, { code: 'x.stale', title: '刚被别人改过。', errors: {} }, { 'y.other': 'name' })).toEqual({ fields: fields.map((f) => ({ ...f, error: '' })), refusal: '刚被别人改过。' })
  expect(refusedAt(fields, { code: 'request.invalid', title: '别处不对。', errors: { '$.elsewhere': ['别处不对。'] } }).refusal).toBe('别处不对。')
  expect(refusedAt(fields, { code: 'x', title: '太晚。', errors: { '$.to': ['太晚。'] } }).refusal).toBe('几点结束：太晚。')
})

test('a time of day and how long it is from there, over midnight too', () => {
  expect([endOf('09:00:00', 0), endOf('09:00:00', 120), endOf('22:30:00', 120), endOf('22:00', 120)]).toEqual(['9:00', '11:00', '次日 0:30', '次日 0:00'])
  expect([minutesBetween('09:00', '11:30'), minutesBetween('22:30', '00:30'), minutesBetween('09:00', '09:00')]).toEqual([150, 120, 1440])
})

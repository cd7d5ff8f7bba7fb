// Service records as the server would tell of them: a record needs a shift of five minutes at least, which no test waits for. What is shown here is held
// against the API's description, so that it can't drift from it.
import fs from 'node:fs'
import path from 'node:path'

const { components } = JSON.parse(fs.readFileSync(path.resolve(import.meta.dirname, '../../backend/openapi.json'), 'utf8'))

/** The answer, if it has exactly the fields of the schema. */
export function like(schema, answer) {
  const fields = Object.keys(components.schemas[schema].properties).sort()
  if (fields.join() !== Object.keys(answer).sort().join()) throw new Error(`${schema} has the fields ${fields}, not ${Object.keys(answer).sort()}`)
  return answer
}

const RECORD = '0a000000-0000-7000-8000-000000000001'

/** A record of two and a half hours. */
const item = (name) =>
  like('RecordItem', {
    recordId: RECORD, versionId: '0a000000-0000-7000-8000-000000000002', version: 2, memberId: '0a000000-0000-7000-8000-000000000003', activityId: null, activityName: name, day: '2026-11-20', startAt: '2026-11-20T01:00:00+00:00',
    endAt: '2026-11-20T03:30:00+00:00', place: '3栋架空层', content: '上门看望独居老人，打扫楼道，陪老人说话。', minutes: 150, organiser: '凤凰里社区居民委员会', personInCharge: '李组长', grade: 'a', hoursOnly: false, coins: 25, unitName: '永安镇第一小学',
    deadline: '2026-12-04', inTime: true, writtenAt: '2026-11-20T04:00:00+00:00', ending: null, endReason: null, inProvince: true, provinceNumber: 'CD2026112000017', memberName: null,
  })

/** A certificate of it. */
const certificate = () =>
  like('CertificateView', {
    number: '2026-ABCD-EFGH-JKMN', kind: 'standard', from: '2026-01-01', to: '2026-11-30', issuedAt: '2026-11-30T01:00:00+00:00', minutes: 150, records: 1, showName: false, showLines: true, verifyUrl: 'https://phoenix.example/verify/1/2026-ABCD-EFGH-JKMN', isValid: true,
  })

/** Gives the phone one record with thanks and a history, and, asked for, a certificate; what was asked for is in `asked`. */
export async function withRecord({ page }, name = '楼栋关怀日') {
  const asked = []
  let issued = []
  const say = (json) => (route) => route.fulfill({ json })
  const earlier = { ...item(name), version: 1, minutes: 120, ending: 'corrected', endReason: '签退晚了半小时' }
  await page.route('**/service-records/mine?**', say({ items: [item(name)], next: null }))
  await page.route('**/service-records/mine', say({ items: [item(name)], next: null }))
  await page.route('**/service-records/mine/hours**', say(like('GetMyHoursResponse', { minutes: 150, records: 1, years: [{ number: 2026, minutes: 150, records: 1 }] })))
  await page.route(`**/service-records/${RECORD}`, say(like('GetRecordResponse', { current: item(name), earlier: [earlier] })))
  await page.route(`**/service-records/${RECORD}/thanks`, say(like('ThankForServiceReceived', { words: ['多亏有你们'] })))
  await page.route('**/certificates', (route) => {
    asked.push(route.request().postDataJSON())
    issued = [certificate()]
    return route.fulfill({ json: issued[0] })
  })
  await page.route('**/certificates/mine', (route) => route.fulfill({ json: { items: issued, next: null } }))
  await page.route('**/certificates/*/pdf', (route) => route.fulfill({ body: '%PDF-1.4', contentType: 'application/pdf' }))
  await page.route('**/certificates/*/verification', say(like('VerifyCertificateResponse', {
    number: certificate().number, isValid: true, words: '这份证明真实有效。', kind: 'standard', holder: '鲁*', from: '2026-01-01', to: '2026-11-30', issuedOn: '2026-11-30', issuer: '凤凰里社区居民委员会', minutes: 150, records: 1,
    lines: [like('VerifyCertificateLine', { day: '2026-11-20', activityName: name, content: '上门看望独居老人。', minutes: 150, organiser: '凤凰里社区居民委员会' })],
  })))
  return { id: RECORD, asked }
}

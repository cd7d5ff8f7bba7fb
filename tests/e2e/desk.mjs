// The staff's side over the API, for what the residents' tests need to be there.
import { randomUUID } from 'node:crypto'
import { address, setupCode } from './host.mjs'
import { newUser } from './phone.mjs'

const C = '/api/v1/communities/1'
let staff

/** A signed-in member of the community by this name: calls the API. */
export async function person(name) {
  const openId = await newUser(name)
  let token
  const call = async (method, path, body) => {
    const send = () => fetch(address() + path, { method, headers: { 'content-type': 'application/json', 'Idempotency-Key': randomUUID(), ...(token && { Authorization: `Bearer ${token}` }) }, body: body === undefined ? undefined : JSON.stringify(body) })
    let answer = await send()
    // The clock was walked on: the token is over.
    if (answer.status === 401 && token) {
      await signIn()
      answer = await send()
    }
    const said = await answer.json()
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(said)}`)
    return said
  }
  const signIn = async () => {
    token = undefined
    const { code } = await (await fetch(`${address()}/simulator/client/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ openId }) })).json()
    token = (await call('POST', '/api/v1/sessions', { code })).accessToken
  }
  await signIn()
  const documents = (await call('GET', `${C}/documents`)).items.filter((d) => d.mustAccept).map((d) => d.id)
  const joined = await call('POST', `${C}/membership`, { displayName: name, building: null, birthDate: null, acceptedDocumentIds: documents }).catch((error) => {
    // The same name is the same person.
    if (!error.message.includes('membership.already')) throw error
    return call('GET', `${C}/membership`)
  })
  /** The text in a mini program code, as the simulator writes it into the picture. */
  const codeText = async (path) => Buffer.from(await (await fetch(address() + C + path, { headers: { Authorization: `Bearer ${token}` } })).arrayBuffer()).toString('latin1').match(/wxsimulator:\/\/wxacode\?[\x20-\x7e]+/)[0]
  return { openId, memberId: joined.memberId, codeText, get: (path) => call('GET', C + path), post: (path, body = {}) => call('POST', C + path, body), put: (path, body) => call('PUT', C + path, body) }
}

/** The first administrator, made with the code that the host printed. */
export async function desk() {
  if (staff) return staff
  staff = await person('社工小李')
  if (!(await staff.get('/me')).roles.includes('staff')) await staff.post('/setup', { code: setupCode() })
  return staff
}

/** Walks the host's clock on. */
export const walk = async (minutes) => (await fetch(`${address()}/simulator/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ seconds: minutes * 60 }) })).json()

/** Lets what is due happen now, as the hours and the night would. */
export const wake = async () => {
  const answer = await fetch(`${address()}/simulator/jobs`, { method: 'POST' })
  if (!answer.ok) throw new Error(`jobs: ${answer.status}`)
}

/** The host's time, Unix milliseconds. */
export const hostNow = async () => Date.parse((await (await fetch(`${address()}${C}`)).json()).now)

/** A published activity whose door is open: it begins in twenty minutes, led by the member of staff or whom is named, maybe at a place of the community's, with twenty places; the id of its one shift. */
export async function shiftNow(title, { leaderId, isHoursOnly = true, placeId = null, capacity = 20, inMinutes = 20 } = {}) {
  const staff = await desk()
  const startsAt = new Date((await hostNow()) + inMinutes * 60_000)
  const draft = await staff.post('/staff/activities', {
    title, description: '上门看望独居老人。', kind: 'gathering', category: 'eldersAndChildren', hostedBy: '凤凰里社区居委会', contactName: '小李', contactPhone: '028-85670000', risks: '注意安全。', insurance: '统一投保。', isHoursOnly, ...(!isHoursOnly && { budgetCoins: 400 }),
  })
  const planned = await staff.post(`/staff/activities/${draft.id}/shifts`, { startsAt: startsAt.toISOString(), endsAt: new Date(startsAt.getTime() + 2 * 3600_000).toISOString(), capacity, address: '3栋架空层', placeId, leaderId: leaderId ?? staff.memberId })
  const published = await staff.post(`/staff/activities/${draft.id}/publication`, { version: planned.version, asHoursOnly: false })
  return { activityId: draft.id, shiftId: published.shifts[0].id }
}

/** What the leader's phone shows at the door now. */
export const doorCode = async (shiftId) => (await (await desk()).get(`/shifts/${shiftId}/door-code`)).link

/** An open merchant with a signed agreement and one offer for 18 coins, all day; who owns it. */
export async function canteen(name = '社区食堂', title = '爱心午餐') {
  const staff = await desk()
  const treasurer = await person('陈会计')
  if (!(await treasurer.get('/me')).roles.includes('treasurer')) await staff.post('/roles', { memberId: treasurer.memberId, role: 'treasurer', reason: '社区财务' })
  const approve = (by, id) => by.post(`/approvals/${id}/decision`, { approve: true })
  const owner = await person(`${name}刘老板`)
  const merchant = await staff.post('/merchants', { name, kind: 'merchant', address: '永安镇凤凰里1号', phone: '028-85671111', openingHours: '每天' })
  await approve(treasurer, (await staff.post(`/merchants/${merchant.id}/owners`, { memberId: owner.memberId, replacesMemberId: null, reason: '签约负责人' })).approvalId)
  await staff.post(`/merchants/${merchant.id}/state`, { state: 'active', reason: '资料齐全' })
  const today = new Date((await hostNow()) + 8 * 3600_000).toISOString().slice(0, 10)
  await approve(treasurer, (await staff.post(`/merchants/${merchant.id}/agreements`, { fenPerCoin: 50, fundSharePercent: 100, startsOn: today, paper: `凤凰-${name}` })).approvalId)
  await approve(staff, (await owner.post(`/merchants/${merchant.id}/offers`, { title, coins: 18, description: '一荤两素一汤。', extraText: '加鸡腿到店另付。', maxQuantity: 5 })).approvalId)
  const give = async (memberId, coins) => approve(treasurer, (await staff.post('/grants', { memberId, coins, reason: '楼道清洁', evidence: '照片存档' })).approvalId)
  return { merchant, owner, give }
}

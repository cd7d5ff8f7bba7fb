import { afterEach, beforeAll, expect, test } from 'vitest'
import { canteen, desk } from './desk.mjs'
import { looked } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'

let shop
beforeAll(async () => {
  shop = await canteen('凤凰面馆', '爱心面')
})
afterEach(() => pin(null))

/** A clerk of the canteen, at the counter: joined with the owner's code. */
async function clerk(name, screen) {
  const one = await phone({ name, ...(screen && { screen }) })
  await one.join(name)
  const { code } = await shop.owner.post(`/merchants/${shop.merchant.id}/clerk-code`, { validMinutes: 60, uses: 1 })
  await one.open('packages/merchant/counter/counter')
  await one.page.getByLabel('加入码').fill(code)
  await one.page.getByRole('button', { name: '加入', exact: true }).click()
  await one.sees('留着的')
  return one
}

/** A resident with coins, and what 我的码 shows the clerk; each call is another step's code. */
async function resident(name, coins) {
  const one = await phone({ name })
  await one.join(name)
  await shop.give(await one.memberId(), coins)
  await one.button('我的码').click()
  one.code = () => one.page.waitForFunction(() => phoenixPhone.codes()[0]?.includes('/my.till.') && phoenixPhone.codes()[0]).then((h) => h.jsonValue())
  return one
}

const offer = async () => (await shop.owner.get(`/merchants/${shop.merchant.id}/own-offers`))[0]
const pin = async (offerId) => shop.owner.put(`/merchants/${shop.merchant.id}/pinned-offer`, { offerId })

/** Requests that a phone sends from now on. */
function requests({ page }) {
  const sent = []
  page.on('request', (r) => r.url().includes('/api/') && sent.push(`${r.method()} ${new URL(r.url()).pathname}`))
  return sent
}

test('rush mode: one scan and one request to the spoken result; the camera opens again by itself; ten seconds to undo', async () => {
  await pin((await offer()).id)
  const eater = await resident('快换王姐', 40)
  const till = await clerk('店员小周')
  await till.sees('快换中，扫一下就换好')
  // The camera reads the resident's code, then nobody's: the clerk puts the phone down.
  const code = await eater.code()
  await till.page.evaluate((read) => {
    const codes = [read]
    phoenixPhone.scan = async () => codes.shift()
  }, code)
  const sent = requests(till)
  let taps = 0
  await till.page.exposeFunction('tapped', () => void taps++)
  await till.page.evaluate(() => addEventListener('click', () => tapped(), true))
  await till.button('扫居民的码').click()
  await till.sees('兑换成功一份')
  // The tap opens the camera; with 接着扫 the next resident needs none.
  expect({ taps, sent: [...sent] }).toEqual({ taps: 1, sent: [`POST /api/v1/communities/1/merchants/${shop.merchant.id}/till/scans`] })
  expect(await till.page.evaluate(() => phoenixPhone.heard)).toEqual(['/packages/merchant/sounds/done1.wav'])
  expect(await till.page.locator('body').innerText()).not.toContain('快换王姐')
  await till.shot('counter-done')
  await till.page.getByRole('link', { name: '撤销' }).click()
  await till.sees('撤销了')
  await eater.open('pages/coins/coins')
  await eater.sees('40')
})

test('held at home: the number in the list, one tap and one request to 已给; two clerks see one end', async () => {
  const eater = await resident('在家换的李叔', 40)
  const [first, second] = [await clerk('店员甲'), await clerk('店员乙')]
  const { id, now } = await offer()
  const held = await eater.api('POST', '/redemptions', { offerId: id, version: now.version, quantity: 1, isAtTill: false })
  for (const one of [first, second]) await one.page.getByLabel(`${held.number} 号`).first().waitFor()
  await first.shot('counter-list')
  // The second clerk's phone hasn't heard of it when he taps.
  await second.page.route('**/till?**', (route) => route.abort())
  const sent = requests(first)
  await first.page.locator('.row', { has: first.page.getByLabel(`${held.number} 号`) }).locator('wx-button', { hasText: '已给' }).click()
  await first.sees('兑换成功一份')
  expect(sent).toEqual([`POST /api/v1/communities/1/merchants/${shop.merchant.id}/redemptions/${held.id}/hand-over`])
  await second.page.locator('.row', { has: second.page.getByLabel(`${held.number} 号`) }).locator('wx-button', { hasText: '给不了' }).click()
  await second.page.getByRole('button', { name: '卖完了' }).click()
  await second.sees('兑换成功一份')
  await eater.open('pages/coins/coins')
  await eater.sees('22')
})

test('an answer that is lost in the middle of a confirm: slow, asked again, once, never called failed', async () => {
  await pin((await offer()).id)
  const eater = await resident('慢网陈叔', 40)
  const till = await clerk('店员丙')
  await till.camera(await eater.code())
  const ids = []
  let isLost = true
  await till.page.route('**/till/scans', async (route) => {
    ids.push(route.request().headers()['idempotency-key'])
    if (!isLost) return route.continue()
    if (ids.length === 1) await route.fetch()
    return route.abort()
  })
  await till.page.getByRole('checkbox', { name: '接着扫下一位' }).click()
  await till.button('扫居民的码').click()
  await till.sees('网络慢，正在查结果')
  await till.shot('counter-slow')
  expect(await till.page.locator('body').innerText()).not.toMatch(/失败|没有换成/)
  // The program is closed in the middle, and opened again: it goes on asking for the same.
  await till.open('packages/merchant/counter/counter')
  await till.sees('网络慢，正在查结果')
  isLost = false
  await till.sees('兑换成功一份')
  expect(new Set(ids).size).toBe(1)
  await eater.open('pages/coins/coins')
  await eater.sees('22')
})

test('without rush mode the code is shown first in huge figures, then 已给 or 给不了', async () => {
  const eater = await resident('先看的赵婶', 20)
  const till = await clerk('店员丁')
  await till.camera(await eater.code())
  await till.button('扫居民的码').click()
  await till.sees('18 枚，已经留好。')
  await till.shot('counter-preview')
  await till.page.locator('.result').locator('wx-button', { hasText: '给不了' }).click()
  await till.page.getByRole('button', { name: '卖完了' }).click()
  await till.sees('给不了，币已退回。')
  await eater.open('pages/coins/coins')
  await eater.sees('20')
})

test('exchange is frozen during a rush: the counter says why in one sentence, and goes on when it is open again', async () => {
  await pin((await offer()).id)
  const eater = await resident('暂停时的周叔', 40)
  const till = await clerk('店员戊')
  const staff = await desk()
  await till.page.getByRole('checkbox', { name: '接着扫下一位' }).click()
  await staff.post('/coins/pauses', { flow: 'redeeming', isPause: true, reason: '账本核对' })
  await till.camera(await eater.code())
  await till.button('扫居民的码').click()
  await till.sees('社区暂停兑换：账本核对')
  await till.shot('counter-frozen')
  await staff.post('/coins/pauses', { flow: 'redeeming', isPause: false, reason: '核对好了' })
  // A refusal leaves the code unused.
  await till.button('扫下一位').click()
  await till.sees('兑换成功一份')
})

test('the owner proposes an offer, makes a code for a clerk, sets the hours and rests', async () => {
  const owner = await phone({ user: shop.owner.openId })
  await owner.enter('商家')
  await owner.page.getByRole('tab', { name: '项目' }).click()
  await owner.button('提交新项目').click()
  await owner.page.getByLabel('叫什么').fill('鸡蛋一板')
  await owner.page.getByLabel('换一份要几枚').fill('30')
  await owner.button('提交给社区').click()
  await owner.sees('提交了')
  await owner.button('好的').click()
  await owner.sees('等社区同意')
  await owner.page.getByRole('link', { name: '爱心面' }).click()
  await owner.page.getByRole('button', { name: '暂停' }).click()
  await owner.sees('暂停了')
  await owner.page.getByRole('link', { name: '爱心面' }).click()
  await owner.page.getByRole('button', { name: '恢复' }).click()
  await owner.sees('可以换')
  await owner.page.getByRole('link', { name: '本店' }).click()
  await owner.button('加店员').click()
  await owner.sees('把加入码告诉店员')
  await owner.page.getByRole('checkbox', { name: '周日' }).click()
  await owner.button('保存时间').click()
  await owner.sees('改好了。')
  await owner.page.getByRole('checkbox', { name: '周日' }).click()
  await owner.button('保存时间').click()
  await owner.sees('改好了。')
  await owner.shot('shop')
})

test.each(SCREENS)('the merchant\'s pages look right on $name', async (screen) => {
  const owner = await phone({ user: shop.owner.openId, screen })
  const problems = {}
  for (const name of ['counter', 'today', 'offers', 'offer', 'shop']) {
    await owner.open(`packages/merchant/${name}/${name}`)
    const found = await looked(owner.page, Boolean(screen.font))
    if (found.length > 0) problems[name] = found
    await owner.shot(`${screen.name}-merchant-${name}`)
  }
  expect(problems).toEqual({})
})

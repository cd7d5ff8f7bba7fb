// Printed mini program codes: opened by WeChat (scene), and read by the scanner on 首页.
import { beforeAll, expect, test } from 'vitest'
import { canteen, desk, person, shiftNow } from './desk.mjs'
import { faults } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'

let shop, shopCode, resident
beforeAll(async () => {
  shop = await canteen('凤凰小厨', '家常面')
  shopCode = await shop.owner.codeText(`/merchants/${shop.merchant.id}/code`)
})

const sceneIn = (text) => new URLSearchParams(text.split('?')[1]).get('scene')
const scan = (scene) => resident.open('pages/scan/scan', { scene })

/** A member with so many coins. */
async function member(name, coins, screen) {
  resident = await phone({ name, ...(screen && { screen }) })
  await resident.join(name)
  if (coins) await shop.give(await resident.memberId(), coins)
}

test('the code at the till: a cold start, one offer chosen already, one tap, a number', async () => {
  await member('郑姐', 40)
  const { button, sees, shot } = resident
  await scan(sceneIn(shopCode))
  await sees('家常面')
  await shot('shop')
  await button('换 1 份').click()
  await sees('给您留好了')
  const [line] = (await shop.owner.get(`/merchants/${shop.merchant.id}/till`)).items
  await sees(`报 ${line.number} 号`)
})

test('the same code by the scanner on 首页, with too few coins: how many are missing and a way on', async () => {
  await member('许叔', 10)
  const { page, button, sees } = resident
  await button('扫一扫').click()
  await page.getByRole('button', { name: '输入码上的内容' }).click()
  await page.getByLabel('码上的内容').fill(shopCode)
  await page.getByRole('button', { name: '确定' }).click()
  await sees('还差 8 枚。')
  await sees('打电话给社区')
  expect(await button('换 1 份').count()).toBe(0)
})

test('a venue\'s code checks in who is on the list, once, and does not check out when the phone wakes up', async () => {
  const staff = await desk()
  const place = await staff.post('/places', { kind: 'estate', name: `凤凰苑${Date.now()}`, parentId: (await staff.post('/places', { kind: 'grid', name: `第一网格${Date.now()}`, parentId: null })).id })
  const { shiftId } = await shiftNow('楼道守护', { placeId: place.id })
  const scene = sceneIn(await staff.codeText(`/places/${place.id}/venue-code`))
  await member('何婶', 0)
  const { page, sees } = resident
  await scan(scene)
  await sees('打电话给社区')
  expect(await page.getByText('签到成功！').count()).toBe(0)
  await page.evaluate(async (id) => {
    const { accessToken } = wx.getStorageSync('tokens')
    const own = { Authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' }
    const me = await (await fetch('/api/v1/communities/1/membership', { headers: own })).json()
    const answer = await fetch(`/api/v1/communities/1/shifts/${id}/signups`, { method: 'POST', headers: { ...own, 'Idempotency-Key': crypto.randomUUID() }, body: JSON.stringify({ memberIds: [me.memberId], joinWaitlist: false, isHoursOnly: false }) })
    if (!answer.ok) throw new Error(await answer.text())
  }, shiftId)
  await scan(scene)
  await sees('签到成功！')
  let asked = 0
  page.on('request', (r) => r.url().includes('/api/') && asked++)
  await page.evaluate(() => getCurrentPages().at(-1).onShow())
  // What a page asks for when it is shown goes out before the next frame.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done())))
  expect(asked).toBe(0)
  expect(await staff.get(`/shifts/${shiftId}/attendance`)).toMatchObject({ there: 1, gone: 0 })
})

test('an unknown code and a neighbour\'s own code say what to do', async () => {
  await member('施伯', 0)
  const { sees } = resident
  await scan('aaaaaaaaaaaaaaaaaaaaaaaaaa')
  await sees('打电话给社区')
  await resident.open('pages/scan/scan', { q: 'https://phoenix.example/q/my.till.1.abc.5.def' })
  await sees('换东西请店员扫，签到请负责人扫。')
})

test.each(SCREENS)('the shop looks right on $name', async (screen) => {
  await member(`店${screen.name}`, 50, screen)
  await scan(sceneIn(shopCode))
  await resident.sees('家常面')
  expect(await faults(resident.page, Boolean(screen.font))).toEqual([])
  await resident.shot(`${screen.name}-shop`)
})

/** Scans this with the scanner on 首页. */
async function scanned(one, text) {
  await one.open()
  await one.button('扫一扫').click()
  await one.page.getByRole('button', { name: '输入码上的内容' }).click()
  await one.page.getByLabel('码上的内容').fill(text)
  await one.page.getByRole('button', { name: '确定' }).click()
}

test('an invitation of a unit, scanned, needs nothing typed', async () => {
  const staff = await desk()
  const contact = await person('联系人小向')
  const unit = await staff.post('/units', { name: '永安印刷厂', kind: 'firm' })
  await staff.post(`/units/${unit.id}/contacts`, { memberId: contact.memberId, reason: '单位指定' })
  const office = await phone({ user: contact.openId })
  await office.open('packages/unit/people/people')
  await office.button('生成加入码').click()
  await office.page.getByLabel('二维码').waitFor()
  await office.shot('unit-invitation')
  const code = (await office.page.locator('.notice .number').innerText()).trim()
  const colleague = await person('同事小柏')
  await colleague.post('/volunteer').catch(() => {})
  const own = await phone({ user: colleague.openId })
  await scanned(own, `https://phoenix.example/q/join.unit.1.${code}`)
  await own.sees('我的单位')
  expect(await own.page.getByLabel('加入码').inputValue()).toBe(code)
  await own.button('加入').click()
  await own.sees('永安印刷厂')
  expect(await own.page.getByLabel('加入码').inputValue()).toBe('')
})

test('an owner\'s invitation, scanned, opens the counter with the code filled in', async () => {
  const owner = await phone({ user: shop.owner.openId })
  await owner.open('packages/merchant/shop/shop')
  await owner.button('生成加入码').or(owner.button('加入码')).first().click()
  await owner.page.getByLabel('二维码').waitFor()
  await owner.shot('clerk-invitation')
  const code = (await owner.page.locator('.notice .number').innerText()).trim()
  const clerk = await phone({ user: (await person('店员小涂')).openId })
  await scanned(clerk, `https://phoenix.example/q/join.clerk.1.${code}`)
  await clerk.sees('做店员')
  expect(await clerk.page.getByLabel('加入码').inputValue()).toBe(code)
  await clerk.button('加入').click()
  await clerk.sees('家常面')
})

test('the code on a certificate opens its proof; another community\'s, and a stranger\'s, open nothing', async () => {
  const own = await phone({ user: (await person('核对的小蓝')).openId })
  const number = '2026-ABCD-EFGH-JKMN'
  await own.page.route(`**/certificates/${number}/verification`, (route) => route.fulfill({ status: 404, json: { code: 'certificate.unknown', title: '没有找到这份证明，请核对证明上的编号。' } }))
  await scanned(own, `https://phoenix.example/verify/1/${number}`)
  await own.sees('没有找到这份证明，请核对证明上的编号。')
  for (const other of [`https://phoenix.example/verify/2/${number}`, 'https://phoenix.example/q/join.clerk.2.AB12CD34', 'https://elsewhere.example/x']) {
    await scanned(own, other)
    await own.sees('不认识这个码')
  }
})

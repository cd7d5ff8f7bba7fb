import { beforeAll, expect, test } from 'vitest'
import { canteen, desk } from './desk.mjs'
import { faults } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'

let shop, resident
beforeAll(async () => {
  shop = await canteen('凤凰饭馆', '家常午餐')
})

/** A member with coins, on the offer's page. */
async function onOffer(name, coins, screen) {
  resident = await phone({ name, ...(screen && { screen }) })
  await resident.join(name)
  if (coins) await shop.give(await resident.memberId(), coins)
  await resident.page.getByRole('button', { name: '兑换' }).click()
  await resident.page.getByText('家常午餐').filter({ visible: true }).first().click()
  await resident.sees('一荤两素一汤。')
}

/** Takes the offer home-side: the ask, the one sentence, 换. */
async function take({ page, button }) {
  await button('换 1 份').click()
  await page.getByRole('button', { name: '允许' }).click()
  await page.getByRole('button', { name: '换', exact: true }).click()
}

test('held from home with a number, called at the counter, done; the coins say why', async () => {
  await onOffer('王秀兰', 50)
  const { page, sees } = resident
  await take(resident)
  await sees('给您留好了')
  const till = await shop.owner.get(`/merchants/${shop.merchant.id}/till`)
  const [line] = till.items
  await sees(String(line.number))
  await resident.shot('held')
  await shop.owner.post(`/merchants/${shop.merchant.id}/redemptions/${line.id}/hand-over`, { isForFamily: false })
  await resident.open(`pages/held/held?id=${line.id}`)
  await sees('换好了')
  await resident.open('pages/coins/coins')
  await sees('32')
  expect(await page.getByText('−18').count()).toBe(1)
  await page.getByText('现在这 32 枚是怎么来的').click()
  await sees('楼道清洁')
  await resident.shot('why')
})

test('given back: the coins are there at once and the place is free', async () => {
  await onOffer('李奶奶', 18)
  const { page, button, sees } = resident
  await take(resident)
  await sees('给您留好了')
  await button('不换了').click()
  await page.getByRole('button', { name: '退回', exact: true }).click()
  await sees('18 枚已退回，可以重新换。')
  await resident.open('pages/exchange/exchange')
  await sees('您有')
  expect(await page.getByRole('link').filter({ hasText: '家常午餐' }).filter({ hasText: '还差' }).count()).toBe(0)
  expect(await page.getByRole('link').filter({ hasText: '家常午餐' }).count()).toBe(1)
})

test('a hold whose answer was lost is one hold', async () => {
  await onOffer('张叔', 40)
  const { page, sees } = resident
  const ids = []
  await page.route('**/redemptions', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    ids.push(route.request().headers()['idempotency-key'])
    if (ids.length > 1) return route.continue()
    await route.fetch()
    return route.abort()
  })
  await take(resident)
  await sees('给您留好了')
  expect([ids.length, new Set(ids).size]).toEqual([2, 1])
  await resident.open('pages/coins/coins')
  await sees('另有 18 枚留着')
})

test('too few coins: how many are missing and what to do, never a yuan', async () => {
  await onOffer('陈小雨', 15)
  const { page, sees } = resident
  await sees('还差 3 枚')
  await sees('打电话')
  expect(await page.locator('body').innerText()).not.toMatch(/[¥元]/)
})

test('something was wrong: asked on the page, answered by staff with coins back', async () => {
  await onOffer('胡阿姨', 18)
  const { button, page, sees } = resident
  await take(resident)
  await sees('给您留好了')
  const id = await page.evaluate(() => getCurrentPages().at(-1).query.id)
  await shop.owner.post(`/merchants/${shop.merchant.id}/redemptions/${id}/hand-over`, { isForFamily: false })
  await resident.open(`pages/held/held?id=${id}`)
  await button('请社区退回').click()
  await button('交给社区看').click()
  await sees('请写一写哪里不对')
  await page.getByLabel('哪里不对').fill('没有拿到饭')
  await button('交给社区看').click()
  await sees('等社区答复')
  expect(await button('请社区退回').count()).toBe(0)
  const staff = await desk()
  const open = (await staff.get('/redemption-disputes?state=open')).items.find((d) => d.redemptionId === id)
  await staff.post(`/redemption-disputes/${open.id}/answer`, { isAccepted: true, answer: '商家漏给了，退给您', refundCoins: 18 })
  await resident.open(`pages/held/held?id=${id}`)
  await sees('商家漏给了，退给您')
  await sees('退回了 18 枚。')
  await resident.shot('disputed')
  await resident.open('pages/messages/messages')
  await page.getByText('家常午餐').filter({ visible: true }).first().click()
  await sees('您问：没有拿到饭')
})

test('many coins at the till are confirmed on the phone: the code\'s page and 首页 say so, and a no gives them back', async () => {
  await onOffer('曹叔', 80)
  const { page, button, sees } = resident
  const [offer] = await shop.owner.get(`/merchants/${shop.merchant.id}/own-offers`)
  await resident.open('pages/mycode/mycode')
  await page.waitForFunction(() => phoenixPhone.codes()[0]?.includes('/my.till.') && getCurrentPages().at(-1).data.state === 'ready')
  const code = await page.evaluate(() => phoenixPhone.codes()[0])
  await shop.owner.post(`/merchants/${shop.merchant.id}/till/scans`, { code, offerId: offer.id, version: offer.now.version, quantity: 4, isPreview: false })
  await sees('家常午餐 4 份，要 72 枚，等您确认。')
  await resident.shot('code-asks')
  await resident.open('pages/home/home')
  await page.getByText('等您确认').filter({ visible: true }).first().click()
  await sees('这次要 72 枚，请您先确认')
  await resident.shot('consent')
  await button('不是我').click()
  await sees('72 枚已退回，可以重新换。')
})

test('several at once: the number is chosen, never more than the coins allow', async () => {
  await onOffer('孔姐', 40)
  const { page, button, sees } = resident
  for (const _ of [1, 2]) await page.getByLabel('多一份').click()
  await button('换 2 份').click()
  await page.getByRole('button', { name: '取消' }).click()
  await page.getByRole('button', { name: '换', exact: true }).click()
  await sees('给您留好了')
  await sees('36 枚')
})

test('a hold whose time is over says so and leads back to the offer', async () => {
  await onOffer('严奶奶', 18)
  const { page, button, sees } = resident
  await take(resident)
  await sees('给您留好了')
  // Hours later: the server says that it is over.
  await page.route('**/redemptions/*', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...(await answer.json()), state: 'expired' } })
  })
  await page.evaluate(() => getCurrentPages().at(-1).reload())
  await sees('留的时间过了，18 枚已退回，可以重新换。')
  await button('重新换').click()
  await sees('一荤两素一汤。')
})

test('coins go to the pool after one question, and hours stay', async () => {
  await onOffer('华姐', 30)
  const { page, button, sees } = resident
  await resident.open('pages/coins/coins')
  await button('送爱心池').click()
  await page.getByLabel('送几枚').fill('12')
  await button('送出 12 枚').click()
  await page.getByRole('button', { name: '送出', exact: true }).click()
  await sees('送出 12 枚，谢谢您！')
  await resident.shot('given')
  await button('好的').click()
  await sees('现在有')
  await page.getByText('−12').waitFor()
})

test.each(SCREENS)('the pages of an exchange look right on $name', async (screen) => {
  await onOffer(`换${screen.name}`, 20, screen)
  expect(await faults(resident.page, Boolean(screen.font))).toEqual([])
  await resident.shot(`${screen.name}-offer`)
  await take(resident)
  await resident.sees('给您留好了')
  expect(await faults(resident.page, Boolean(screen.font))).toEqual([])
  await resident.shot(`${screen.name}-held`)
  for (const name of ['exchange', 'coins', 'home']) {
    await resident.open(`pages/${name}/${name}`)
    await resident.page.waitForFunction(() => [...document.querySelectorAll('.mp-page')].some((b) => b.style.display !== 'none' && b.textContent.trim() && !b.querySelector('.skeleton')))
    expect(await faults(resident.page, Boolean(screen.font))).toEqual([])
    await resident.shot(`${screen.name}-${name}-with-coins`)
  }
})

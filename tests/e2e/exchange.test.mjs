import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { canteen } from './desk.mjs'
import { faults } from './looks.mjs'
import { endBrowser, phone, SCREENS } from './phone.mjs'

let shop, resident
beforeAll(async () => {
  shop = await canteen()
})
afterEach(async () => {
  const { errors, close } = resident ?? { errors: [], close() {} }
  resident = undefined
  await close()
  expect(errors).toEqual([])
})
afterAll(endBrowser)

/** A member with coins, on the offer's page. */
async function onOffer(name, coins, screen) {
  resident = await phone({ name, ...(screen && { screen }) })
  await resident.join(name)
  if (coins) await shop.give(await resident.memberId(), coins)
  await resident.page.getByRole('button', { name: '兑换' }).click()
  await resident.page.getByText('爱心午餐').filter({ visible: true }).first().click()
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
  expect(await page.getByText('还差').count()).toBe(0)
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

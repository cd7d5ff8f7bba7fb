// An offer with its picture: proposed by the merchant, read and seen by staff before anybody else, then by residents.
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { canteen, desk, walk } from './desk.mjs'
import { looked } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'
import { launch } from '../../miniprogram/preview/test/browser.mjs'

let shop, picture
beforeAll(async () => {
  shop = await canteen('画中食堂', '家常便饭')
  const browser = await launch()
  const page = await browser.newPage({ viewport: { width: 320, height: 200 } })
  await page.setContent('<body style="margin:0;background:linear-gradient(#f6dfa8,#bf3a1c);font:48px serif;display:grid;place-items:center;height:200px">豆浆</body>')
  picture = { name: '豆浆.jpg', mimeType: 'image/jpeg', buffer: await page.screenshot({ type: 'jpeg' }) }
  await browser.close()
})

// A machine may sign in so often in a minute.
beforeEach(() => walk(1))

/** The owner's phone at the offers, as one gets there. */
async function ownerPhone(screen) {
  const one = await phone({ user: shop.owner.openId, ...(screen && { screen }) })
  await one.enter('商家')
  await one.page.getByRole('tab', { name: '项目' }).click()
  return one
}

const choose = async (one, button) => {
  const chooser = one.page.waitForEvent('filechooser')
  await one.button(button).click()
  await (await chooser).setFiles(picture)
}

/** Waits until the picture that is shown has arrived. */
const drawn = ({ page }) => page.waitForFunction(() => [...document.querySelectorAll('.mp-page')].find((b) => b.style.display !== 'none')?.querySelector('wx-image.offer-picture img, wx-image.shown img, wx-image.picture img')?.naturalWidth > 0)

test('a picture goes with the offer: seen by staff with all its words when they decide, then by residents, and kept by the next change', async () => {
  const owner = await ownerPhone()
  await owner.button('提交新项目').click()
  await owner.page.getByLabel('叫什么').fill('现磨豆浆')
  await owner.page.getByLabel('换一份要几枚').fill('5')
  await owner.page.getByLabel('有什么').fill('黄豆现磨，可以不加糖。')
  await owner.page.getByLabel('每天几份（不填就不限）', { exact: true }).fill('30')
  await choose(owner, '选一张图片')
  await drawn(owner)
  await owner.shot('offers-form')
  await owner.button('提交给社区').click()
  await owner.sees('提交了')

  const staff = await phone({ user: (await desk()).openId })
  await staff.enter('工作人员')
  await staff.sees('现磨豆浆')
  await staff.button('去复核').click()
  await staff.sees('黄豆现磨，可以不加糖。')
  await staff.sees('每天最多 30 份')
  await drawn(staff)
  await staff.shot('offers-approval')
  await staff.page.getByRole('button', { name: '同意', exact: true }).click()
  await staff.sees('通过了，马上生效。')

  const resident = await phone({ name: '喝豆浆的人' })
  await resident.join('喝豆浆的人')
  await resident.page.getByRole('button', { name: '兑换' }).click()
  await resident.page.getByText('现磨豆浆').first().click()
  await drawn(resident)
  await resident.shot('offers-resident')

  // A change begins from what there is: the picture stays unless it is taken off, and so does what the form doesn't ask for.
  await owner.open('packages/merchant/offers/offers')
  await owner.page.getByRole('link', { name: '现磨豆浆' }).click()
  await owner.page.getByRole('button', { name: '修改' }).click()
  await drawn(owner)
  expect(await owner.page.getByLabel('每天几份（不填就不限）', { exact: true }).inputValue()).toBe('30')
  await owner.page.getByLabel('换一份要几枚').fill('6')
  await owner.button('提交给社区').click()
  await owner.sees('提交了')
  const own = async () => (await shop.owner.get(`/merchants/${shop.merchant.id}/own-offers`)).find((o) => o.latest.title === '现磨豆浆')
  expect((await own()).latest).toMatchObject({ version: 2, coins: 6, form: { stockPerDay: 30, fileId: expect.any(String) } })
})

test('money is not spoken of: told at the field, with the picture still there', async () => {
  const owner = await ownerPhone()
  await owner.button('提交新项目').click()
  await owner.page.getByLabel('叫什么').fill('热包子')
  await owner.page.getByLabel('换一份要几枚').fill('4')
  await owner.page.getByLabel('有什么').fill('平时卖 2 元。')
  await choose(owner, '选一张图片')
  await drawn(owner)
  await owner.button('提交给社区').click()
  await owner.sees('有什么：')
  await drawn(owner)
  await owner.button('不放图片').click()
  await owner.button('选一张图片').waitFor()
})

test.each(SCREENS)('the form of an offer and its approval look right on $name', async (screen) => {
  const { approvalId } = await shop.owner.post(`/merchants/${shop.merchant.id}/offers`, { title: `看样子${screen.name}`.slice(0, 20), coins: 3, description: '一荤两素一汤，米饭管够，老人可以少盐少油。', extraText: '加鸡腿到店另付。', stockPerDay: 20, perPersonDay: 1 })
  const owner = await ownerPhone(screen)
  const problems = {}
  const look = async (one, name) => {
    const found = await looked(one.page, Boolean(screen.font))
    if (found.length > 0) problems[name] = found
    await one.shot(`${screen.name}-offers-${name}`)
  }
  await owner.open('packages/merchant/offer/offer')
  await owner.sees('选一张图片')
  await choose(owner, '选一张图片')
  await drawn(owner)
  await owner.page.getByText('拍东西，不拍人。').scrollIntoViewIfNeeded()
  await look(owner, 'form')
  const staff = await phone({ user: (await desk()).openId, screen })
  await staff.open(`packages/staff/approval/approval?id=${approvalId}`)
  await staff.sees('一荤两素一汤')
  await look(staff, 'approval')
  await (await desk()).post(`/approvals/${approvalId}/decision`, { approve: false, reason: '只是看看样子' })
  expect(problems).toEqual({})
})

// The main job across the phones of four people: from a draft to coins, and from coins to a lunch.
import { expect, test } from 'vitest'
import { canteen, desk, hostNow, walk } from './desk.mjs'
import { phone } from './phone.mjs'

test('published, signed up, scanned at the door, verified, coins, and exchanged at the counter', async () => {
  const shop = await canteen('永安快餐', '爱心套餐')
  const staff = await phone({ user: (await desk()).openId })
  const leader = await phone({ name: '石队长' })
  await leader.join('石队长')
  const resident = await phone({ name: '何秀英' })
  await resident.join('何秀英')
  const clerk = await phone({ name: '食堂小韩' })
  await clerk.join('食堂小韩')
  const { code } = await shop.owner.post(`/merchants/${shop.merchant.id}/clerk-code`, { validMinutes: 600, uses: 1 })

  // 社区工作人员 publish what was drafted, with coins.
  const startsAt = new Date((await hostNow()) + 20 * 60_000)
  const draft = await (await desk()).post('/staff/activities', {
    title: '中午陪伴日', description: '陪独居老人吃午饭。', kind: 'gathering', category: 'eldersAndChildren', hostedBy: '凤凰里社区居委会', contactName: '小李', contactPhone: '028-85670000', risks: '注意安全。', insurance: '统一投保。', isHoursOnly: false, budgetCoins: 200,
  })
  await (await desk()).post(`/staff/activities/${draft.id}/shifts`, { startsAt: startsAt.toISOString(), endsAt: new Date(startsAt.getTime() + 2 * 3600_000).toISOString(), capacity: 8, address: '社区食堂', leaderId: await leader.memberId() })
  await staff.open(`packages/staff/activity/activity?id=${draft.id}`)
  await staff.button('发布').click()
  await staff.button('发布，带凤凰币').click()
  await staff.sees('已发布')

  // 居民 sign up in one tap.
  await resident.page.getByRole('button', { name: '活动' }).click()
  await resident.page.getByText('中午陪伴日').filter({ visible: true }).first().click()
  await resident.button('报名，').click()
  await resident.page.getByRole('button', { name: '允许' }).click()
  await resident.sees('报上名了！')

  // 负责人 hold up the code; she scans it with WeChat, and again when she leaves.
  await leader.enter('负责人')
  await leader.button('打开签到码').click()
  await leader.sees('请打开微信，扫一扫')
  const door = () => leader.page.waitForFunction(() => phoenixPhone.codes()[0]).then((h) => h.jsonValue())
  await resident.open('pages/scan/scan', { q: await door() })
  await resident.sees('签到成功！')
  await leader.page.getByText('/ 1 人').waitFor()
  await walk(120)
  await leader.open('packages/leader/today/today')
  await leader.button('打开签到码').click()
  await leader.sees('请打开微信，扫一扫')
  await resident.open('pages/scan/scan', { q: await door() })
  await resident.sees('签退了，辛苦了！')

  // One tap verifies; record and coins come together.
  await leader.open('packages/leader/verify/verify')
  await leader.page.locator('wx-button', { hasText: '全部确认，1 人' }).waitFor()
  await leader.shot('leader-verify')
  await leader.button('全部确认，1 人').click()
  await leader.page.getByRole('button', { name: '确认', exact: true }).click()
  await leader.sees('记好了：1 人')
  const { available } = await resident.api('GET', '/coins')
  expect(available).toBeGreaterThanOrEqual(15)
  await resident.open('pages/messages/messages')
  await resident.sees('中午陪伴日')

  // 店员: her code, one scan.
  await shop.give(await resident.memberId(), 10)
  await clerk.open('packages/merchant/counter/counter')
  await clerk.page.getByLabel('加入码').fill(code)
  await clerk.page.getByRole('button', { name: '加入', exact: true }).click()
  await clerk.page.getByRole('switch', { name: '快换' }).click()
  await clerk.sees('快换中，扫一下就换好')
  await resident.open()
  await resident.button('我的码').click()
  const mine = await resident.page.waitForFunction(() => phoenixPhone.codes()[0]?.includes('/my.till.') && phoenixPhone.codes()[0]).then((h) => h.jsonValue())
  await clerk.page.getByRole('checkbox', { name: '接着扫下一位' }).click()
  await clerk.camera(mine)
  await clerk.button('扫居民的码').click()
  await clerk.sees('兑换成功一份')
  expect((await resident.api('GET', '/coins')).available).toBe(available + 10 - 18)
  await clerk.page.getByRole('tab', { name: '今天' }).click()
  await clerk.sees('收到 18 枚')
})

import { expect, test } from 'vitest'
import { shiftNow } from './desk.mjs'
import { phone } from './phone.mjs'

let resident

/** 楼栋关怀日, and its first shift. */
async function openActivity({ page, sees }) {
  await page.getByRole('button', { name: '活动' }).click()
  await page.getByText('楼栋关怀日').filter({ visible: true }).first().click()
  await sees('选时段')
}

test('a newcomer is in after one screen, signs up in one tap with the ask first, and finds it again', async () => {
  resident = await phone()
  const { page, button, sees } = resident
  await resident.open()
  await button('加入社区').click()
  await sees('请填写邻居怎么叫您。')
  await resident.join()
  await sees('看看附近有什么可以帮忙的。')

  await openActivity(resident)
  await button('报名，').click()
  await sees('申请发送以下消息')
  await page.getByRole('button', { name: '允许' }).click()
  await sees('报上名了！')
  await page.getByRole('button', { name: '返回' }).click()
  await sees('已经报名')
  await resident.open('pages/home/home')
  await sees('楼栋关怀日等您。')
  await resident.open('pages/messages/messages')
  await sees('报名成功')

  await resident.open('pages/signups/signups')
  await button('取消报名').click()
  await page.getByRole('button', { name: '取消报名' }).last().click()
  await sees('还没有报名的活动')
})

test('a sign-up whose answer was lost is asked for again with the same request id and is one', async () => {
  resident = await phone({ name: '李阿姨' })
  const { page, button, sees } = resident
  await resident.join()
  await openActivity(resident)
  const ids = []
  let lost = 0
  await page.route('**/signups', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    ids.push(route.request().headers()['idempotency-key'])
    if (lost++ > 0) return route.continue()
    // Done by the server; the phone never hears of it.
    await route.fetch()
    return route.abort()
  })
  await button('报名，').click()
  await page.getByRole('button', { name: '取消' }).click()
  await sees('报上名了！')
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
  await resident.open('pages/signups/signups')
  await sees('楼栋关怀日')
  expect(await page.getByText('楼栋关怀日').filter({ visible: true }).count()).toBe(1)
})

test('no network in the middle of signing up: never called failed, asked for again with the same request id, one sign-up; then into the calendar', async () => {
  resident = await phone({ name: '秦叔' })
  const { page, button, sees } = resident
  await resident.join()
  await openActivity(resident)
  const ids = []
  page.on('request', (r) => r.method() === 'POST' && r.url().endsWith('/signups') && ids.push(r.headers()['idempotency-key']))
  await page.evaluate(() => phoenixPhone.goOnline(false))
  await button('报名，').click()
  await page.getByRole('button', { name: '取消' }).first().click()
  await sees('不会重复办理。')
  expect(await page.getByText('失败').filter({ visible: true }).count()).toBe(0)
  const stored = await page.evaluate(() => Object.entries(localStorage).find(([key]) => key.includes('request:signup:'))[1])
  await page.evaluate(() => phoenixPhone.goOnline(true))
  await button('报名，').click()
  await page.getByRole('button', { name: '取消' }).first().click()
  await sees('报上名了！')
  expect(ids).toEqual([JSON.parse(stored).id])
  await button('加到手机日历').click()
  await sees('已加到日历：')
})

test('a full shift has a waitlist; a place that is free again is offered on 首页 and taken in one tap', async () => {
  const { activityId } = await shiftNow('读书会', { capacity: 1, inMinutes: 3 * 24 * 60 })
  const first = await phone({ name: '罗姐' })
  await first.join('罗姐')
  await first.open(`pages/activity/activity?id=${activityId}`)
  await first.button('报名，').click()
  await first.page.getByRole('button', { name: '取消' }).click()
  await first.sees('报上名了！')

  resident = await phone({ name: '齐叔' })
  const { page, button, sees } = resident
  await resident.join()
  await resident.open(`pages/activity/activity?id=${activityId}`)
  await sees('满了，可以候补')
  await button('满了，排候补').click()
  await page.getByRole('button', { name: '取消' }).click()
  await sees('排上候补了')
  await sees('您排在第一位')

  await first.button('取消报名').click()
  await first.page.getByRole('button', { name: '取消报名' }).last().click()
  await first.sees('还没有报名的活动')
  expect(first.errors).toEqual([])
  await first.close()
  await resident.open('pages/home/home')
  await page.getByText('读书会有空位了，等您确认').click()
  await resident.shot('offered')
  await button('我来，占上这个名额').click()
  await sees('已报名')
})

test('two quick taps sign up once', async () => {
  resident = await phone({ name: '周叔' })
  const { page, button, sees } = resident
  await resident.join()
  await openActivity(resident)
  let posts = 0
  page.on('request', (r) => r.method() === 'POST' && r.url().endsWith('/signups') && posts++)
  await button('报名，').dblclick()
  await page.getByRole('button', { name: '取消' }).first().click()
  await sees('报上名了！')
  expect(posts).toBe(1)
})

test('without network the last content stays with a notice, and a first visit says what to do', async () => {
  resident = await phone({ name: '吴姐' })
  const { page, sees } = resident
  await resident.join()
  await page.evaluate(() => phoenixPhone.goOnline(false))
  await page.getByRole('button', { name: '活动' }).click()
  await sees('没有网络。请看看手机的网络，再试一次。')
  await page.getByRole('button', { name: '首页' }).click()
  await sees('没有网络，下面是上次看到的内容。')
  await sees('吴姐，您好')
  await page.evaluate(() => phoenixPhone.goOnline(true))
  await page.getByRole('button', { name: '活动' }).click()
  await sees('楼栋关怀日')
})

test('large letters come with the phone\'s own setting, and go where the person says', async () => {
  resident = await phone({ name: '赵奶奶', screen: { width: 390, height: 844, font: '23' } })
  const { page, sees } = resident
  await resident.join()
  expect(await page.locator('.page.large:visible').count()).toBe(1)
  await resident.open('pages/settings/settings')
  await sees('微信里提醒我')
  await page.getByRole('switch').first().click()
  expect(await page.locator('.page.large:visible').count()).toBe(0)
  await resident.open('pages/home/home')
  await sees('赵奶奶，您好')
  expect(await page.locator('.page.large:visible').count()).toBe(0)
})

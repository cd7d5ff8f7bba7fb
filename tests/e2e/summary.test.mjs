// 活动小结, and an activity's code and poster: staff and the leader read, change, publish and print; residents scan and read.
import { beforeAll, expect, test } from 'vitest'
import { desk, person, shiftNow, walk } from './desk.mjs'
import { looker } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'

let staff
beforeAll(async () => {
  staff = await desk()
})

/** An activity of two hours that is over: five people served, their time is verified by staff, and the leader entered what it did. */
async function held(title) {
  const leader = await person(`${title}的负责人`)
  const { activityId, shiftId } = await shiftNow(title, { leaderId: leader.memberId })
  const people = []
  for (const name of ['一', '二', '三', '四', '五']) people.push(await person(`${title}${name}`))
  for (const one of people) await one.post(`/shifts/${shiftId}/signups`, { memberIds: [], joinWaitlist: false, isHoursOnly: false })
  await walk(25)
  await leader.post(`/shifts/${shiftId}/check-ins`, { memberIds: people.map((p) => p.memberId) })
  await leader.put(`/shifts/${shiftId}/head-count`, { people: 5 })
  await walk(120)
  await leader.post(`/shifts/${shiftId}/end-check-outs`)
  await leader.post(`/shifts/${shiftId}/verification`, { countReason: null })
  await leader.put(`/shifts/${shiftId}/figures`, { peopleServed: 12, problemsSolved: 3, lines: '陪老人聊天，换好了两盏灯。' })
  return { leader, activityId, shiftId }
}

const newcomer = async (name, screen) => {
  const resident = await phone({ name, ...(screen && { screen }) })
  await resident.join(name)
  return resident
}

test('the leader changes a word, staff publish and print it, a resident reads it on the activity\'s page', async () => {
  const { leader, activityId, shiftId } = await held('楼道清洁日')
  const led = await phone({ user: leader.openId })
  await led.open(`packages/leader/shift/shift?id=${shiftId}`)
  await led.page.getByRole('link', { name: '活动小结' }).click()
  await led.sees('5 位志愿者参加')
  await led.sees('陪老人聊天，换好了两盏灯。')
  expect(await led.button('公开给居民').count()).toBe(0)
  const copied = []
  await led.page.exposeFunction('copied', (text) => copied.push(text))
  await led.page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => copied(text)
  })
  await led.button('复制文字').click()
  await expect.poll(() => copied[0]).toMatch(/^楼道清洁日活动小结\n/)
  await led.button('改写文字').click()
  await led.page.getByLabel('小结', { exact: true }).fill('楼道亮了，大家辛苦了。')
  await led.button('保存').click()
  await led.sees('改写过')

  const worker = await phone({ user: staff.openId })
  await worker.open(`packages/staff/activity/activity?id=${activityId}`)
  await worker.button('活动小结').click()
  await worker.sees('楼道亮了，大家辛苦了。')
  const [pdf] = await Promise.all([worker.page.waitForResponse((r) => r.url().endsWith('/summary/page')), worker.button('打开 PDF').click()])
  expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf'])
  await worker.button('公开给居民').click()
  await worker.page.getByRole('button', { name: '公开', exact: true }).click()
  await worker.sees('已公开')

  const resident = await newcomer('看小结的柳姐')
  await resident.open(`pages/activity/activity?id=${activityId}`)
  await resident.sees('楼道亮了，大家辛苦了。')
  await worker.button('撤回公开').click()
  await worker.page.getByRole('button', { name: '撤回', exact: true }).click()
  await worker.sees('没有公开')
  await worker.button('恢复自动小结').click()
  await worker.page.getByRole('button', { name: '恢复', exact: true }).click()
  await worker.sees('自动写的')
  await resident.open(`pages/activity/activity?id=${activityId}`)
  await resident.sees('已经结束了')
  expect(await resident.page.getByText('活动小结').count()).toBe(0)
})

test('the code on the poster opens the activity, which can be sent on', async () => {
  const { activityId } = await shiftNow('义务理发')
  const worker = await phone({ user: staff.openId })
  await worker.open(`packages/staff/activity/activity?id=${activityId}`)
  await worker.button('海报和小程序码').click()
  await worker.page.getByLabel('活动的小程序码').waitFor()
  const [pdf] = await Promise.all([worker.page.waitForResponse((r) => r.url().endsWith('/poster')), worker.button('打开 A4 海报').click()])
  expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf'])

  const scene = new URLSearchParams((await staff.codeText(`/activities/${activityId}/code`)).split('?')[1]).get('scene')
  const resident = await newcomer('扫海报的桑叔')
  await resident.open('pages/scan/scan', { scene })
  await resident.sees('报名，')
  expect(await resident.page.getByText('义务理发').filter({ visible: true }).count()).toBe(1)
  expect(await resident.page.evaluate(() => getCurrentPages().at(-1).onShareAppMessage())).toEqual({ title: '义务理发', path: `/pages/activity/activity?id=${activityId}` })
})

test.each(SCREENS)('the pages of 小结 and poster look right on $name', async (screen) => {
  const { activityId } = await held(`关怀日${screen.name}`)
  const coming = await shiftNow(`义诊${screen.name}`)
  const worker = await phone({ user: staff.openId, screen })
  const resident = await newcomer(`读${screen.name}`, screen)
  const problems = {}
  const look = looker(screen, problems)
  const summary = `packages/leader/summary/summary?activity=${activityId}`
  await look(worker, 'summary', summary)
  await look(worker, 'summary-lower', summary, async () => {
    await worker.button('改写文字').waitFor()
    await worker.page.getByText('请不要外传').scrollIntoViewIfNeeded()
  })
  await look(worker, 'summary-writing', summary, () => worker.button('改写文字').click())
  await staff.post(`/activities/${activityId}/summary/publication`, { version: 0 })
  await look(worker, 'summary-public', summary)
  await look(worker, 'staff-activity-over', `packages/staff/activity/activity?id=${activityId}`)
  await look(worker, 'staff-activity', `packages/staff/activity/activity?id=${coming.activityId}`)
  await look(worker, 'poster', `packages/leader/poster/poster?activity=${coming.activityId}`)
  await look(resident, 'activity-summary', `pages/activity/activity?id=${activityId}`)
  await look(resident, 'activity-share', `pages/activity/activity?id=${coming.activityId}`)
  expect(problems).toEqual({})
})

import { expect, test } from 'vitest'
import { desk, doorCode, shiftNow } from './desk.mjs'
import { phone } from './phone.mjs'

let resident

const scan = (link) => resident.open('pages/scan/scan', { q: link })

test('scanned with WeChat by a newcomer: one screen of consent, then in, with no tap in between', async () => {
  const { shiftId } = await shiftNow('楼道清洁')
  resident = await phone({ name: '孙大姐' })
  const { page, button, sees } = resident
  await scan(await doorCode(shiftId))
  await page.getByLabel('邻居怎么叫您').fill('孙大姐')
  await page.getByRole('checkbox').filter({ hasText: '我看过了' }).click()
  await button('加入社区').click()
  await sees('签到成功！')
  await sees('走的时候再扫一次。')
  await resident.shot('checked-in')
  await button('同意记下大致位置').click()
  await sees('签到已经有效。')

  // Within fifteen minutes a second scan says the same and signs nobody out.
  await scan(await doorCode(shiftId))
  await sees('签到成功！')
  const there = await (await desk()).get(`/shifts/${shiftId}/attendance`)
  expect(there).toMatchObject({ there: 1, gone: 0 })
})

test('a stale code and a code of somebody else say what to do', async () => {
  const { shiftId } = await shiftNow('环保科普')
  resident = await phone({ name: '钱叔' })
  const { sees } = resident
  await resident.join()
  const link = await doorCode(shiftId)
  const [head, step, mac] = [link.split('.').slice(0, -2).join('.'), Number(link.split('.').at(-2)), link.split('.').at(-1)]
  await scan(`${head}.${step - 10}.${mac}`)
  await sees('再试一次')
  await sees('打电话给社区')
  await scan('https://elsewhere.example/x')
  await sees('不认识这个码')
})

test('scanned without network: what was scanned before isn\'t shown again, and the own code is offered', async () => {
  const { shiftId } = await shiftNow('小区巡逻')
  resident = await phone({ name: '尤叔' })
  const { page, sees } = resident
  await resident.join()
  await page.evaluate(() => phoenixPhone.goOnline(false))
  const link = await doorCode(shiftId)
  await page.evaluate((q) => wx.navigateTo({ url: `/pages/scan/scan?q=${encodeURIComponent(q)}` }), link)
  await sees('网络慢，还没有结果。')
  expect(await page.getByText('签到成功！').count()).toBe(0)
  await page.getByText('打开“我的码”，请负责人扫').click()
  await page.evaluate(() => phoenixPhone.goOnline(true))
})

test('my code is scanned by the leader, also when the resident\'s phone has no network', async () => {
  const { shiftId } = await shiftNow('爱心义剪')
  resident = await phone({ name: '冯奶奶' })
  const { page, button } = resident
  await resident.join()
  await button('我的码').click()
  await page.getByText('给负责人扫').click()
  await page.evaluate(() => phoenixPhone.goOnline(false))
  await page.waitForFunction(() => phoenixPhone.codes()[0]?.includes('/my.check-in.'))
  await resident.shot('my-code')
  const code = await page.evaluate(() => phoenixPhone.codes()[0])
  const staff = await desk()
  expect(await staff.post(`/shifts/${shiftId}/person-scans`, { code })).toMatchObject({ name: '冯奶奶', person: { did: 'in' } })
  await expect(staff.post(`/shifts/${shiftId}/person-scans`, { code })).rejects.toThrow('code.used')
})

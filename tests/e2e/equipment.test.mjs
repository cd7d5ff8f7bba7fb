// 器材: staff register a wheelchair and lend it, the resident sees until when, is reminded, and it comes back broken, is repaired and lent again.
import { beforeAll, expect, test } from 'vitest'
import { desk, hostNow, person, walk, wake } from './desk.mjs'
import { looker } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'

let staff
beforeAll(async () => {
  staff = await desk()
})

const DAY = 24 * 60

/** A day of the community so many days from the host's today. */
const dayIn = async (days) => new Date((await hostNow()) + 8 * 3600_000 + days * 86_400_000).toISOString().slice(0, 10)

/** An item that staff registered. */
const item = (name, kind = 'mobility', place = '服务中心一楼') => staff.post('/staff/equipment', { name, kind, stationId: null, place, note: null, version: 0 })

const lend = async (id, memberId, days) => staff.post(`/staff/equipment/${id}/loans`, { dueOn: await dayIn(days), memberId, cardCode: null, borrower: null })

test('from registering to lending, seeing, reminding, returning and repairing', async () => {
  const elder = await person('贺奶奶')
  const worker = await phone({ user: staff.openId })
  await worker.open('packages/staff/activities/activities')
  await worker.page.getByRole('link', { name: '器材' }).click()
  await worker.button('登记器材').click()
  await worker.button('保存').click()
  await worker.sees('请写明叫什么、放在哪里')
  await worker.page.getByLabel('叫什么').fill('轮椅')
  await worker.page.getByLabel('备注').fill('左轮要打气')
  await worker.button('保存').click()
  await worker.sees('写好贴在上面')
  await worker.sees('凤凰里志愿服务站')
  await worker.button('借出').click()
  await worker.button('借出').click()
  await worker.sees('请先找到借用的居民')
  await worker.page.getByLabel('借给谁').fill('贺奶奶')
  await worker.button('查找').click()
  await worker.page.getByRole('link', { name: '贺奶奶' }).click()
  await worker.button('借出').click()
  await worker.sees('该还')
  await worker.sees('今天')

  const resident = await phone({ user: elder.openId })
  await resident.open('pages/me/me')
  await resident.page.getByRole('link', { name: '借轮椅、急救箱' }).click()
  await resident.sees('我借的')
  await resident.sees('还到：凤凰里志愿服务站')
  await resident.sees('借出了')
  const { id, number } = (await staff.get('/staff/equipment')).items.find((i) => i.loan?.borrower === '贺奶奶')

  await walk(6 * DAY + 3 * 60)
  await wake()
  await resident.open('pages/messages/messages')
  await resident.sees(`轮椅（${number} 号）请在`)
  await worker.open(`packages/staff/item/item?id=${id}`)
  await worker.button('续借').click()
  await worker.page.getByText('续到').first().click()
  await worker.sees('续借 1 次')
  await worker.button('还回来了').click()
  await worker.page.getByText('坏了，要修').click()
  await worker.page.getByPlaceholder('比如：右轮歪了').fill('刹车松了')
  await worker.page.getByRole('button', { name: '确定', exact: true }).click()
  await worker.sees('维修中')
  await worker.sees('坏了，刹车松了')
  await worker.button('修好了，可以借').click()
  await worker.button('借出').waitFor()
  await worker.open('packages/staff/equipment/equipment')
  await Promise.all([worker.page.waitForEvent('popup'), worker.button('导出借还记录').click()])
  await resident.open('packages/volunteer/equipment/equipment')
  await resident.sees('还了，谢谢您')
  await resident.sees('可以借')
})

test('a leader lends to a visitor by name and phone, and a neighbour never sees who has it', async () => {
  const [leader, neighbour] = [await person('器材负责人'), await person('邻居小谭')]
  await staff.post('/teams', { name: '器材小队', purpose: '借还器材。', stationId: null, leaderIds: [leader.memberId] })
  const kit = await item('急救箱', 'firstAid')
  const lending = await phone({ user: leader.openId })
  await lending.open('packages/leader/today/today')
  await lending.page.getByRole('link', { name: '器材借还' }).click()
  await lending.page.getByRole('link', { name: `急救箱（${kit.number} 号）` }).click()
  await lending.button('借出').click()
  await lending.button('登记姓名和电话').click()
  await lending.page.getByLabel('借用人姓名').fill('外地来的老何')
  await lending.page.getByLabel('联系电话').fill('不知道')
  await lending.button('借出').click()
  await lending.sees('请填写能打通的电话号码')
  await lending.page.getByLabel('联系电话').fill('13900005678')
  await lending.button('借出').click()
  await lending.sees('外地来的老何')
  const resident = await phone({ user: neighbour.openId })
  await resident.open('packages/volunteer/equipment/equipment')
  await resident.sees('该还回来')
  expect(await resident.page.getByText('老何').count()).toBe(0)
})

test.each(SCREENS)('the pages of 器材 look right on $name', async (screen) => {
  const elder = await person(`借${screen.name}`)
  const [out, late, broken, free] = [await item('轮椅', 'mobility', '服务中心一楼大厅门口'), await item('四脚拐杖'), await item('升降工作梯', 'tools'), await item('急救箱', 'firstAid')]
  await staff.post(`/staff/equipment/${broken.id}/state`, { state: 'repair' })
  const old = await lend(out.id, elder.memberId, 3)
  await staff.post(`/staff/equipment-loans/${old.loan.id}/return`, { condition: 'fine', note: '很干净' })
  await lend(late.id, elder.memberId, 0)
  await walk(2 * DAY)
  await lend(out.id, elder.memberId, 9)
  const resident = await phone({ user: elder.openId, screen })
  const worker = await phone({ user: staff.openId, screen })
  const problems = {}
  const look = looker(screen, problems)
  await look(resident, 'equipment-me', 'pages/me/me')
  await look(resident, 'equipment', 'packages/volunteer/equipment/equipment')
  await look(worker, 'equipment-todo', 'packages/staff/todo/todo', () => worker.sees(`四脚拐杖（${late.number} 号）过期没还`))
  await look(worker, 'staff-equipment', 'packages/staff/equipment/equipment')
  await look(worker, 'item-out', `packages/staff/item/item?id=${out.id}`)
  await look(worker, 'item-late', `packages/staff/item/item?id=${late.id}`)
  await look(worker, 'item-broken', `packages/staff/item/item?id=${broken.id}`)
  await look(worker, 'item-free', `packages/staff/item/item?id=${free.id}&new=1`)
  await look(worker, 'register', 'packages/staff/register/register')
  await look(worker, 'lend', `packages/staff/lend/lend?id=${free.id}`)
  await look(worker, 'lend-visitor', `packages/staff/lend/lend?id=${free.id}`, () => worker.button('登记姓名和电话').click())
  expect(problems).toEqual({})
})

// 求助: a resident asks, staff take it on and give it to a shift, a volunteer comes, and the resident thanks by scanning the volunteer's phone.
import { beforeAll, expect, test } from 'vitest'
import { desk, person, shiftNow, walk } from './desk.mjs'
import { looker } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'

const NEED = { what: '想请人陪我去社区医院量血压', address: '3 栋 501', when: '周六上午', contactName: null, contactPhone: '13800001234' }

let staff
beforeAll(async () => {
  staff = await desk()
})

async function joined(name, screen) {
  const resident = await phone({ name, ...(screen && { screen }) })
  await resident.join(name)
  return resident
}

/** A need of somebody, as far along as asked. */
async function need(owner, { isFirst = false, shiftId, what = NEED.what } = {}) {
  const { id } = await owner.post('/needs', { category: 'eldersAndChildren', details: { ...NEED, what }, memberId: null, isFirst })
  if (!shiftId) return id
  await staff.post(`/staff/needs/${id}/triage`, { decision: 'accept', answer: null, referredTo: null })
  await staff.post(`/staff/needs/${id}/arrangement`, { shiftId })
  return id
}

const apiOf = (one) => ({ post: (path, body) => one.api('POST', path, body) })

test('from 活动 to thanks: asked, taken on, given to a shift, helped, thanked by a scan; the words are in the volunteer\'s messages', async () => {
  const { shiftId } = await shiftNow('陪邻居看病')
  const elder = await joined('温奶奶')
  await elder.open('pages/activities/activities')
  await elder.page.getByRole('link', { name: '求助' }).click()
  await elder.sees('有危险马上打 120 或 110')
  await elder.button('我要求助').click()
  await elder.button('提交求助').click()
  await elder.sees('请写明帮什么忙')
  await elder.page.getByLabel('要帮什么忙').fill(NEED.what)
  await elder.page.getByLabel('什么时候方便').fill(NEED.when)
  await elder.page.getByLabel('到哪里').fill(NEED.address)
  await elder.page.getByLabel('联系电话').fill('不知道')
  await elder.button('提交求助').click()
  await elder.sees('请填能打通的电话号码')
  await elder.page.getByLabel('联系电话').fill(NEED.contactPhone)
  await elder.page.getByRole('switch').filter({ hasText: '一个人住' }).click()
  await elder.button('提交求助').click()
  await elder.page.getByRole('button', { name: '允许' }).click()
  await elder.sees('收到了')
  await elder.sees('待受理')
  const id = (await elder.api('GET', '/my/needs')).items[0].id

  const worker = await phone({ user: staff.openId })
  await worker.enter('工作人员')
  await worker.sees('温奶奶求助（高龄独居）')
  await worker.open('packages/staff/activities/activities')
  await worker.page.getByRole('link', { name: '求助' }).click()
  await worker.page.getByRole('link', { name: '温奶奶' }).click()
  await worker.sees(NEED.address)
  await worker.button('受理').filter({ hasNotText: '没法' }).click()
  await worker.button('安排时段').click()
  await worker.page.getByRole('link', { name: '陪邻居看病' }).click()
  await worker.page.getByRole('link', { name: '3栋架空层' }).click()
  await worker.page.getByRole('button', { name: '安排', exact: true }).click()
  await worker.sees('已安排')
  await worker.sees('陪邻居看病，报名 0/20 人')

  const helping = await person('小温')
  const helper = await phone({ user: helping.openId })
  await helping.post(`/shifts/${shiftId}/signups`, { memberIds: [], joinWaitlist: true, isHoursOnly: false })
  await helper.open('pages/signups/signups')
  await helper.button('帮谁、去哪里').click()
  await helper.sees(NEED.address)
  await helper.button('帮好了，请对方扫码').click()
  await helper.page.getByLabel('感谢码').waitFor()
  await helper.shot('need-code')
  const scene = new URLSearchParams((await helping.codeText(`/needs/${id}/code`)).split('?')[1]).get('scene')
  await walk(25)
  await elder.open('pages/home/home')
  await elder.sees('求助帮好了吗？说声谢谢')
  await elder.open('pages/scan/scan', { scene })
  await elder.page.getByLabel('想对志愿者说的话').fill('走得慢慢的，谢谢小温')
  await elder.shot('need-thank')
  await elder.button('帮好了，谢谢').click()
  await elder.sees('谢谢您！志愿者会看到您的心意。')
  await elder.sees('已完成')
  await helper.open('pages/messages/messages')
  await helper.sees('陪邻居看病帮到的邻居对您说：走得慢慢的，谢谢小温')
})

test('a need is taken back; one that can\'t be met is answered, one for another service is referred', async () => {
  const elder = await joined('傅爷爷')
  const own = apiOf(elder)
  const [gone, declined, referred] = [await need(own), await need(own, { what: '想把客厅重新刷一遍' }), await need(own, { what: '想请人上门换药' })]
  await elder.open(`packages/volunteer/need/need?id=${gone}`)
  await elder.button('不用帮了，撤回').click()
  await elder.page.getByRole('button', { name: '撤回', exact: true }).click()
  await elder.sees('您撤回了')
  const worker = await phone({ user: staff.openId })
  await worker.open(`packages/staff/need/need?id=${declined}`)
  await worker.button('没法受理').click()
  await worker.page.getByPlaceholder('对方会看到，请说得暖一点').fill('刷墙要请专业师傅，可以问问物业')
  await worker.page.getByRole('button', { name: '确定', exact: true }).click()
  await worker.sees('没能受理')
  await worker.open(`packages/staff/need/need?id=${referred}`)
  await worker.button('转介').click()
  await worker.page.getByPlaceholder('比如：社区卫生服务中心').fill('社区卫生服务中心')
  await worker.page.getByRole('button', { name: '确定', exact: true }).click()
  await worker.page.getByPlaceholder('比如：护士周一上门').fill('护士周一上门')
  await worker.page.getByRole('button', { name: '确定', exact: true }).click()
  await worker.sees('已转介')
  await elder.open('packages/volunteer/needs/needs')
  await elder.sees('请找社区卫生服务中心，他们更拿手。')
  await elder.page.getByRole('link', { name: '客厅' }).click()
  await elder.sees('社区说：刷墙要请专业师傅，可以问问物业')
})

test('staff take it down for somebody who called, and note that it is done', async () => {
  const { shiftId } = await shiftNow('替人登记')
  const called = await person('上官爷爷')
  const worker = await phone({ user: staff.openId })
  await worker.open('packages/staff/needs/needs')
  await worker.button('替打电话来的居民登记').click()
  await worker.button('登记').click()
  await worker.sees('请先找到要帮的居民')
  await worker.page.getByLabel('帮谁').fill('上官爷爷')
  await worker.button('查找').click()
  await worker.page.getByRole('link', { name: '上官爷爷' }).click()
  await worker.page.getByLabel('要帮什么忙').fill('帮忙换一个灯泡')
  await worker.page.getByLabel('什么时候方便').fill('今天下午')
  await worker.page.getByLabel('到哪里').fill('1 栋 101')
  await worker.page.getByLabel('联系电话').fill('028-85670001')
  await worker.button('登记').click()
  await worker.sees('社工小李')
  const { id } = (await called.get('/my/needs')).items[0]
  await staff.post(`/staff/needs/${id}/triage`, { decision: 'accept', answer: null, referredTo: null })
  await staff.post(`/staff/needs/${id}/arrangement`, { shiftId })
  await walk(25)
  await worker.open(`packages/staff/need/need?id=${id}`)
  await worker.button('问过了，帮好了').click()
  await worker.page.getByPlaceholder('比如：电话问过，都好了').fill('打过电话，灯亮了')
  await worker.page.getByRole('button', { name: '确定', exact: true }).click()
  await worker.sees('告诉过对方：打过电话，灯亮了')
  expect((await called.get('/my/needs')).items[0].state).toBe('done')
})

test.each(SCREENS)('the pages of 求助 look right on $name', async (screen) => {
  const { shiftId } = await shiftNow(`帮邻居买菜${screen.name}`, { inMinutes: 60 })
  const elder = await joined(`求${screen.name}`, screen)
  const own = apiOf(elder)
  const [raised, arranged] = [await need(own, { isFirst: true, what: '家里的灯坏了，够不着，想请人帮忙换一个' }), await need(own, { shiftId })]
  const helping = await person(`帮${screen.name}`)
  await helping.post(`/shifts/${shiftId}/signups`, { memberIds: [], joinWaitlist: true, isHoursOnly: false })
  const helper = await phone({ user: helping.openId, screen })
  const worker = await phone({ user: staff.openId, screen })
  const problems = {}
  const look = looker(screen, problems)
  await look(elder, 'need-activities', 'pages/activities/activities')
  await look(elder, 'needs', 'packages/volunteer/needs/needs')
  await look(elder, 'ask', 'packages/volunteer/ask/ask')
  await look(elder, 'need-raised', `packages/volunteer/need/need?id=${raised}&new=1`)
  await look(elder, 'need-arranged', `packages/volunteer/need/need?id=${arranged}`)
  await look(helper, 'need-signups', 'pages/signups/signups')
  await look(helper, 'helped', `packages/volunteer/helped/helped?shift=${shiftId}`)
  await look(helper, 'helped-code', `packages/volunteer/helped/helped?shift=${shiftId}`, async () => {
    await helper.button('帮好了，请对方扫码').click()
    await helper.page.getByLabel('感谢码').waitFor()
  })
  await look(worker, 'staff-todo', 'packages/staff/todo/todo')
  await look(worker, 'staff-activities', 'packages/staff/activities/activities')
  await look(worker, 'staff-needs', 'packages/staff/needs/needs')
  await look(worker, 'staff-need', `packages/staff/need/need?id=${raised}`)
  await look(worker, 'staff-need-arranged', `packages/staff/need/need?id=${arranged}`)
  await look(worker, 'take', 'packages/staff/take/take')
  await look(worker, 'fit', `packages/staff/fit/fit?need=${arranged}`)
  await look(worker, 'fit-shifts', `packages/staff/fit/fit?need=${arranged}`, async () => {
    await worker.page.getByRole('link', { name: `帮邻居买菜${screen.name}` }).click()
    await worker.button('加时段').waitFor()
  })
  await look(worker, 'leader-shift', `packages/leader/shift/shift?id=${shiftId}`)
  await walk(61)
  await look(elder, 'need-thank', `packages/volunteer/need/need?id=${arranged}`)
  expect(problems).toEqual({})
})

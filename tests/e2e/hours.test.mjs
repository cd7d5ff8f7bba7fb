// Service records: seen, thanked for, put right; certificates; the volunteer card.
import { beforeAll, expect, test } from 'vitest'
import { desk, hostNow, shiftNow, walk } from './desk.mjs'
import { faults } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'
import { withRecord } from './records.mjs'

let staff, resident
beforeAll(async () => {
  staff = await desk()
  await staff.put('/certificate-settings', { issuer: '凤凰里社区居民委员会', personInCharge: '王主任', handler: '小李', sealFileId: null })
})

async function joined(name, screen) {
  resident = await phone({ name, ...(screen && { screen }) })
  await resident.join(name)
  return resident
}

test('a record shows all that it holds, what it was before, and the thanks for it', async () => {
  const { page, button, sees } = await joined('范姐')
  await withRecord(resident)
  await resident.open('pages/hours/hours')
  await page.getByText('楼栋关怀日').filter({ visible: true }).click()
  await sees('多亏有你们')
  await sees('已录入，编号 CD2026112000017')
  await sees('原来记的是 2 小时，更正了：签退晚了半小时')
  await resident.shot('record')
  await button('申请更正').click()
  await button('提交给社区').click()
  await sees('请写一写哪里不对')
})

test('from the leader\'s list to the certificate: written, told, thanked for, put right with an answer, and proved as a PDF', async () => {
  const { page, button, sees } = await joined('史姐')
  const memberId = await resident.memberId()
  const { shiftId, activityId } = await shiftNow('陪诊到院')
  await walk(100)
  const [now, minute] = [await hostNow(), 60_000]
  const at = (before) => new Date(now - before * minute).toISOString()
  const { attendanceId } = await staff.post(`/shifts/${shiftId}/attendance-entries`, { memberId, checkedInAt: at(75), checkedOutAt: at(15), reason: '手机没电，组长登记' })
  await staff.post(`/attendances/${attendanceId}/verification`, { minutes: null, reason: null })

  const served = await phone({ name: '文奶奶' })
  await served.join('文奶奶')
  await served.open(`pages/activity/activity?id=${activityId}`)
  await served.page.getByText('说声谢谢').click()
  await served.page.getByLabel('想说的话').fill('多亏有你们')
  await served.button('送出谢意').click()
  await served.sees('谢谢您！')
  expect(served.errors).toEqual([])
  await served.close()

  await resident.open('pages/messages/messages')
  await page.getByText('陪诊到院').filter({ visible: true }).first().click()
  await sees('多亏有你们')
  await button('申请更正').click()
  await page.getByLabel('哪里不对').fill('地点是 3 栋二楼')
  await button('提交给社区').click()
  await sees('等答复')
  const asked = (await staff.get('/record-corrections?state=asked')).items.find((c) => c.correction.text === '地点是 3 栋二楼')
  await staff.post(`/record-corrections/${asked.correction.id}/answer`, { correct: true, answer: '核对过了，已改', changes: { place: '3栋二楼' } })
  await resident.open('pages/messages/messages')
  await page.getByText('服务记录更正').filter({ visible: true }).first().click()
  await sees('3栋二楼')
  await sees('更正了：核对过了，已改')

  await resident.open('packages/volunteer/details/details')
  await page.getByLabel('姓名').fill('史小兰')
  await page.getByLabel('证件号').fill('51012219790315244X')
  await Promise.all([page.waitForResponse((r) => r.url().endsWith('/details') && r.request().method() === 'PUT'), button('保存').click()])
  await resident.open('packages/volunteer/certificate/certificate')
  await button('开证明').click()
  await sees('证明开好了')
  const [pdf] = await Promise.all([page.waitForResponse((r) => r.url().endsWith('/pdf')), button('打开、保存').click()])
  expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf'])
})

test('a correction has a day by which it is answered, and its answer', async () => {
  const { page, button, sees } = await joined('唐姐')
  await resident.open('packages/volunteer/corrections/corrections')
  await button('少记了一次').click()
  await page.getByLabel('哪里不对').fill('11 月 21 日的陪诊没有记')
  await button('提交给社区').click()
  await sees('等答复')
  await page.getByText(/社区 .*前答复。/).waitFor()
  await resident.shot('corrections')
  const waiting = (await staff.get('/record-corrections?state=asked')).items.find((c) => c.correction.text === '11 月 21 日的陪诊没有记')
  await staff.post(`/record-corrections/${waiting.correction.id}/answer`, { correct: false, answer: '那天没有签到，请看名单', changes: null })
  await resident.open('pages/messages/messages')
  await page.getByText('服务记录更正').filter({ visible: true }).first().click()
  await sees('没有更正')
  await sees('那天没有签到，请看名单')
})

test('a record that is missing is asked for, and the request can be taken back', async () => {
  const { page, button, sees } = await joined('彭叔')
  await resident.open('packages/volunteer/corrections/corrections')
  await button('少记了一次').click()
  await page.getByLabel('哪里不对').fill('11 月 20 日的楼道清洁没有记')
  await button('提交给社区').click()
  await button('撤回申请').click()
  await page.getByRole('button', { name: '撤回', exact: true }).click()
  await sees('已撤回')
})

test('a certificate: without records it says so; what the law asks is asked once; then what others see, and the PDF', async () => {
  const { page, button, sees } = await joined('鲁姐')
  await resident.open('packages/volunteer/certificates/certificates')
  await button('开一份').click()
  await page.getByRole('switch').first().click()
  await button('开证明').click()
  await sees('补齐您的信息')
  await button('保存').click()
  await sees('请填写姓名和证件号')
  await resident.shot('details')
  await page.getByLabel('姓名').fill('鲁小梅')
  await page.getByLabel('证件号').fill('510122198503152445')
  await button('保存').click()
  await button('开证明').click()
  await page.getByRole('alert').filter({ visible: true }).waitFor()
  await resident.shot('certificate')
  const { asked } = await withRecord(resident)
  await button('开证明').click()
  await sees('证明开好了')
  expect(asked).toMatchObject([{ kind: 'standard', showName: false, showLines: true, memberId: null }])
  await resident.shot('certificates')
  const [opened] = await Promise.all([page.waitForEvent('popup'), button('打开、保存').click()])
  await opened.close()
  await page.getByText('别人核验时看到什么').click()
  await sees('这份证明真实有效。')
  await resident.shot('verify')
})

test('the volunteer card: name, number, trainings and awards; never the document\'s number', async () => {
  const { button, sees } = await joined('邓伯')
  await resident.open('packages/volunteer/card/card')
  await button('注册成为志愿者').click()
  await sees('志愿者编号')
  await staff.post('/volunteer-entries', { memberId: await resident.memberId(), kind: 'training', day: '2026-11-20', title: '急救培训', giver: '永安镇卫生院', minutes: 120 })
  await resident.open('packages/volunteer/card/card')
  await sees('志愿者编号')
  await sees('急救培训')
  await resident.shot('card')
})

test('a neighbour says thanks, once a shift has begun; words that served themselves are refused in words', async () => {
  const { page, button, sees } = await joined('葛奶奶')
  await resident.open(`packages/volunteer/thanks/thanks?shift=0a000000-0000-7000-8000-00000000000f&activity=${encodeURIComponent('楼栋关怀日')}`)
  await page.getByText('很好', { exact: true }).click()
  await page.getByLabel('想说的话').fill('多亏有你们')
  await resident.shot('thanks')
  await button('送出谢意').click()
  await page.getByRole('alert').filter({ visible: true }).waitFor()
  // As the server answers where there is something to thank for (ThankForServiceTests).
  await page.route('**/thanks', (route) => route.fulfill({ json: { rating: 4, text: '多亏有你们', isShown: true } }))
  await button('送出谢意').click()
  await sees('志愿者会看到，不显示您的名字。')
})

test('marked as not come: an appeal, then its answer', async () => {
  const { page, button, sees } = await joined('苗叔')
  await page.route('**/signups/*/appeal', (route) => (route.request().method() === 'GET' ? route.fulfill({ status: 404, json: { code: 'appeal.none', title: '还没有申诉。' } }) : route.fulfill({ json: {} })))
  await resident.open(`packages/volunteer/appeal/appeal?id=0a000000-0000-7000-8000-00000000000f&activity=${encodeURIComponent('楼栋关怀日')}`)
  await button('提交').click()
  await sees('请写一写当时的情况')
  await page.getByLabel('当时的情况').fill('去了，忘了扫码')
  await page.route('**/signups/*/appeal', (route) => route.fulfill({ json: { signupId: '0a000000-0000-7000-8000-00000000000f', text: '去了，忘了扫码', askedAt: '2026-11-30T01:00:00Z', isAccepted: true, answer: '问过组长了，已改' } }))
  await button('提交').click()
  await sees('问过组长了，已改')
  await sees('改过来了')
  await resident.shot('appeal')
})

test.each(SCREENS)('the pages of hours look right on $name', async (screen) => {
  await joined(`时${screen.name}`, screen)
  const { id } = await withRecord(resident, '陪伴独居老人的长长的一次上门服务')
  const look = async (target) => {
    await resident.open(target)
    await resident.page.waitForFunction(() => [...document.querySelectorAll('.mp-page')].some((b) => b.style.display !== 'none' && b.textContent.trim() && !b.querySelector('.skeleton')))
    expect([target, await faults(resident.page, Boolean(screen.font))]).toEqual([target, []])
    await resident.shot(`${screen.name}-${target.split('/').at(-1).split('?')[0]}`)
  }
  for (const target of ['pages/hours/hours', `packages/volunteer/record/record?id=${id}`, `packages/volunteer/corrections/corrections?record=${id}`, 'packages/volunteer/certificate/certificate', 'packages/volunteer/details/details', 'packages/volunteer/card/card', 'packages/volunteer/verify/verify?number=2026-ABCD-EFGH-JKMN', 'packages/volunteer/thanks/thanks?shift=x']) await look(target)
})

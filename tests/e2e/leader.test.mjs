import { expect, test } from 'vitest'
import { desk, person, shiftNow, walk } from './desk.mjs'
import { looked } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'

/** A leader's phone in the leader's console, and the shift that begins in twenty minutes. */
async function leading(name, title, screen) {
  const leader = await phone({ name, ...(screen && { screen }) })
  await leader.join(name)
  const shift = await shiftNow(title, { leaderId: await leader.memberId(), isHoursOnly: false })
  await leader.enter('负责人')
  await leader.sees('今天 1 个时段')
  return { leader, ...shift }
}

/** A neighbour over the API who signed up. */
async function signedUp(name, shiftId) {
  const neighbour = await person(name)
  await neighbour.post(`/shifts/${shiftId}/signups`, { memberIds: [neighbour.memberId], joinWaitlist: true, isHoursOnly: false })
  return neighbour
}

test('the role opens from 我的, is there again the next time, and is left again', async () => {
  const { leader } = await leading('林姐', '楼道清洁')
  await leader.open()
  await leader.sees('今天 1 个时段')
  await leader.page.getByRole('link', { name: '切换身份' }).click()
  await leader.sees('切换身份')
  await leader.open()
  await leader.sees('林姐，您好')
})

test('door, roster and 全部确认: coins come with the records', async () => {
  const { leader, shiftId } = await leading('周哥', '楼栋关怀')
  const [aunt, late] = [await signedUp('秀兰', shiftId), await signedUp('小赵', shiftId)]
  const walkIn = await person('路过的老陈')
  const resident = await phone({ name: '老吴' })
  await resident.join('老吴')

  // A resident scans what the leader holds up; the screen stays on and is bright.
  await leader.button('打开签到码').click()
  await leader.sees('请打开微信，扫一扫')
  expect(await leader.page.evaluate(() => phoenixPhone.screen)).toEqual({ keepsOn: true, brightness: 1 })
  const code = await leader.page.waitForFunction(() => phoenixPhone.codes()[0]).then((h) => h.jsonValue())
  await resident.open('pages/scan/scan', { q: code })
  await resident.sees('签到成功！')
  await leader.page.getByText('/ 3 人').waitFor()
  await leader.shot('leader-door')

  await leader.button('看名单').click()
  await leader.sees('老吴')
  expect(await leader.page.evaluate(() => phoenixPhone.screen)).toEqual({ keepsOn: false, brightness: 0.5 })
  // 我的码 of one who has no hands free, a tick, somebody who came along, and the count.
  await resident.open('pages/home/home')
  await leader.page.locator('.row', { hasText: '秀兰' }).locator('wx-button', { hasText: '签到' }).click()
  await leader.page.locator('.row', { hasText: '秀兰' }).getByText('负责人登记').waitFor()
  await leader.button('帮人签到').click()
  await leader.page.getByLabel('名字').fill('路过的老陈')
  await leader.button('查找').click()
  await leader.button('加入并签到').click()
  await leader.sees('路过的老陈，加进名单，签到了。')
  await leader.button('现场人数').click()
  await leader.page.getByRole('dialog').getByRole('textbox').fill('4')
  await leader.page.getByRole('button', { name: '确定' }).click()
  await leader.sees('现场数了 4 人，名单上 3 人，请核对')
  await leader.shot('leader-roster')

  // Three hours on the shift is over: two forgot to check out.
  await walk(150)
  await leader.page.getByRole('tab', { name: '核时长' }).click()
  await leader.sees('没签退')
  await leader.shot('leader-exceptions')
  await leader.button('全部按结束时间签退').click()
  await leader.page.getByRole('button', { name: '签退', exact: true }).click()
  await leader.button('全部确认，3 人').click()
  await leader.page.getByRole('dialog').getByRole('textbox').fill('数的时候把送水的师傅算进去了')
  await leader.page.getByRole('button', { name: '确定' }).click()
  await leader.sees('记好了：3 人，6 小时，60 枚。')
  await leader.sees('都核好了，辛苦了！')
  await leader.shot('leader-verified')
  expect((await aunt.get('/coins')).available).toBe(20)
  expect((await walkIn.get('/service-records/mine/hours')).minutes).toBe(120)
  expect((await late.get('/coins')).available).toBe(0)
})

test('without network: the code goes on, scans and ticks are kept, and are sent by themselves when it is back', async () => {
  const { leader, shiftId } = await leading('高姐', '环境整治')
  await signedUp('阿芳', shiftId)
  const resident = await phone({ name: '冯大爷' })
  await resident.join('冯大爷')
  await leader.button('打开签到码').click()
  await leader.sees('请打开微信，扫一扫')
  await leader.page.evaluate(() => phoenixPhone.goOnline(false))
  const code = await leader.page.waitForFunction(() => phoenixPhone.codes()[0]).then((h) => h.jsonValue())
  await resident.open('pages/scan/scan', { q: code })
  await resident.sees('签到成功！')

  // The list as it was last seen; a tick and a scan stay on the phone.
  await leader.page.evaluate(() => phoenixPhone.goOnline(true))
  await leader.button('看名单').click()
  await leader.sees('阿芳')
  await leader.page.evaluate(() => phoenixPhone.goOnline(false))
  await leader.page.locator('.row', { hasText: '阿芳' }).locator('wx-button', { hasText: '签到' }).click()
  await leader.sees('到了，等网络上传')
  await resident.open()
  await resident.button('我的码').click()
  await resident.page.getByText('给负责人扫').click()
  const mine = await resident.page.waitForFunction(() => phoenixPhone.codes()[0]?.includes('/my.check-in.') && phoenixPhone.codes()[0]).then((h) => h.jsonValue())
  await leader.camera(mine)
  await leader.button('扫我的码或卡片').click()
  await leader.sees('记在手机上了，联网后自动上传。')
  await leader.sees('手机上留着 2 条')
  await leader.shot('leader-offline')
  expect(await (await desk()).get(`/shifts/${shiftId}/attendance`)).toMatchObject({ there: 1 })
  await leader.page.evaluate(() => phoenixPhone.goOnline(true))
  await leader.sees('网络好了，留在手机上的都上传了。')
  await leader.page.locator('.row', { hasText: '阿芳' }).getByText('负责人登记').waitFor()
  // Scanned twice within fifteen minutes is scanned once.
  expect(await (await desk()).get(`/shifts/${shiftId}/attendance`)).toMatchObject({ there: 2, conflicts: [] })
})

test('接龙 becomes sign-ups after a look at each line, and goes back into the group', async () => {
  const { leader, shiftId } = await leading('邓姐', '爱心义剪')
  await person('彭婶')
  await person('曾大哥')
  await leader.page.getByRole('link', { name: '爱心义剪' }).click()
  await leader.page.getByRole('link', { name: '接龙' }).click()
  await leader.page.getByLabel('接龙').fill('#接龙\n周六义剪\n1. 彭婶\n2、曾大哥 +1\n3. 不认识的人')
  await leader.button('核对名单').click()
  await leader.sees('没找到')
  await leader.shot('leader-chain')
  await leader.button('加进名单，2 人').click()
  await leader.sees('加上了 2 人。')
  await leader.button('复制名单').click()
  const roster = await (await desk()).get(`/shifts/${shiftId}/roster`)
  expect(roster.lines.items.map((l) => l.name).sort()).toEqual(['彭婶', '曾大哥'].sort())
})

test.each(SCREENS)('the leader\'s pages look right on $name', async (screen) => {
  const { leader, shiftId } = await leading(`负${screen.name}`, '楼道关怀日', screen)
  await signedUp(`报${screen.name}`, shiftId)
  const problems = {}
  for (const name of ['today', 'roster', 'verify', 'shift', 'door', 'chain', 'figures']) {
    await leader.open(`packages/leader/${name}/${name}?id=${shiftId}`)
    const found = await looked(leader.page, Boolean(screen.font))
    if (found.length > 0) problems[name] = found
    await leader.shot(`${screen.name}-leader-${name}`)
  }
  expect(problems).toEqual({})
})

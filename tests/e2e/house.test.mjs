// What the community keeps of itself: teams, stations, posts with their week, the tree of places; deputies, templates, elders with a witness.
import { beforeEach, expect, test } from 'vitest'
import { desk, hostNow, person, shiftNow, walk } from './desk.mjs'
import { looked } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'

// A machine may sign in so often in a minute.
beforeEach(() => walk(1))

/** The first administrator's phone, at one of the console's pages as one gets there. */
async function staffPhone(...names) {
  const one = await phone({ user: (await desk()).openId })
  await one.enter('工作人员')
  await one.page.getByRole('tab', { name: '人与伙伴' }).click()
  for (const name of names) await one.page.getByRole('link', { name }).click()
  return one
}

/** Answers the dialog that asks for words. */
const dialog = async ({ page }, words, button = '确定') => {
  await page.getByRole('dialog').getByRole('textbox').fill(words)
  await page.getByRole('dialog').getByRole('button', { name: button }).click()
}

/** Finds somebody by name and takes them. */
const pick = async ({ page, button }, label, name) => {
  await page.getByLabel(label).fill(name)
  await button('查找').click()
  await page.getByRole('link', { name }).click()
}

test('the place tree: a grid, an estate in it, a building in that; renamed, retired only when nothing below is in use, and back again', async () => {
  const staff = await staffPhone('网格、小区、楼栋')
  const { page, button, sees } = staff
  await button('新增网格').click()
  await dialog(staff, '河东网格')
  await page.getByRole('link', { name: '河东网格' }).click()
  await sees('还没有小区')
  await button('新增小区').filter({ visible: true }).click()
  await dialog(staff, '桂花苑')
  await page.getByRole('link', { name: '桂花苑' }).click()
  await button('新增楼栋').filter({ visible: true }).click()
  await dialog(staff, '7栋')
  await sees('7栋')
  await button('新增楼栋').filter({ visible: true }).click()
  await dialog(staff, '7栋')
  await sees('同一级已经有这个名称，请换一个。')
  await page.getByRole('button', { name: '改7栋' }).click()
  await page.getByRole('button', { name: '改名' }).click()
  await dialog(staff, '8栋')
  await sees('8栋')
  await staff.shot('house-buildings')

  await page.getByRole('button', { name: '返回' }).click()
  await page.getByRole('button', { name: '改桂花苑' }).click()
  await page.getByRole('button', { name: '停用' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await sees('下面还有在用的小区或楼栋，请先停用它们。')
  await page.getByRole('link', { name: '桂花苑' }).click()
  await page.getByRole('button', { name: '改8栋' }).click()
  await page.getByRole('button', { name: '停用' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await sees('还没有楼栋')
  await page.getByRole('tab', { name: '全部' }).filter({ visible: true }).click()
  await sees('停用了')
  await page.getByRole('button', { name: '改8栋' }).click()
  await page.getByRole('button', { name: '恢复' }).click()
  await page.getByRole('tab', { name: '在用' }).filter({ visible: true }).click()
  await sees('8栋')
})

test('a team with its station and two leaders; who leads it is a leader from then on, and no longer when it is dissolved', async () => {
  const [first, second] = [await person('领队小汪'), await person('领队老贾')]
  const staff = await staffPhone('志愿服务站')
  const { page, button, sees } = staff
  await button('新建服务站').click()
  await button('保存').click()
  await sees('叫什么：')
  await staff.shot('house-station-refused')
  await page.getByLabel('叫什么').fill('河东志愿服务站')
  await page.getByLabel('地址').fill('河东路 1 号')
  await button('保存').click()
  await button('停用这个站点').waitFor()

  await staff.open('packages/staff/people/people')
  await page.getByRole('link', { name: '志愿服务队' }).click()
  await button('新建服务队').click()
  await page.getByLabel('叫什么').fill('河东助残扶老队')
  await page.getByLabel('做什么').fill('每周看望独居老人。')
  await page.getByLabel('属于哪个服务站').click()
  await page.getByText('河东志愿服务站').click()
  await pick(staff, '加一位负责人', '领队小汪')
  await pick(staff, '加一位负责人', '领队老贾')
  await button('保存').click()
  await button('停用这支队伍').waitFor()
  await staff.shot('house-team')
  expect((await first.get('/me')).roles).toContain('leader')
  await page.getByRole('button', { name: '去掉领队小汪' }).click()
  await button('保存').click()
  await sees('保存了。')

  await button('停用这支队伍').click()
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await sees('这支队伍停用了')
  const team = (await (await desk()).get('/teams?archived=true')).items.find((t) => t.name === '河东助残扶老队')
  expect((await (await desk()).get(`/teams/${team.id}`)).leaders.map((l) => l.memberId)).toEqual([second.memberId])
  await button('恢复这支队伍').click()
  await button('停用这支队伍').waitFor()
  // A name that is taken is told at the name.
  await staff.open('packages/staff/team/team')
  await page.getByLabel('叫什么').fill('河东助残扶老队')
  await page.getByLabel('做什么').fill('又一支。')
  await button('保存').click()
  await sees('叫什么：已经有同名的志愿服务队，请换一个名称。')
  expect(await page.getByText('已经有同名的志愿服务队，请换一个名称。').count()).toBe(2)
})

test('a post that looks after a building, its week, and the standing activity that makes the shifts of it', async () => {
  await person('岗长小曹')
  const staff = await desk()
  const grid = await staff.post('/places', { kind: 'grid', name: '河西网格', parentId: null })
  const estate = await staff.post('/places', { kind: 'estate', name: '银杏苑', parentId: grid.id })
  await staff.post('/places', { kind: 'building', name: '2栋', parentId: estate.id })
  const one = await staffPhone('志愿服务岗')
  const { page, button, sees } = one
  await button('新建服务岗').click()
  await page.getByLabel('叫什么').fill('银杏苑导诊岗')
  await page.getByLabel('做什么').fill('帮老人挂号、取药。')
  await page.getByRole('link', { name: '负责哪栋楼' }).click()
  for (const name of ['河西网格', '银杏苑', '2栋']) await page.getByRole('link', { name }).click()
  await sees('银杏苑 2栋')
  await pick(one, '负责人', '岗长小曹')
  await one.shot('house-duty')
  await button('保存').click()
  await sees('负责银杏苑 2栋')
  await sees('还没有排班')

  await button('加一条排班').click()
  await page.getByLabel('要几个人').fill('3')
  await button('保存').click()
  await sees('周一 9:00–11:00')
  await page.getByRole('link', { name: '建常设活动' }).click()
  await page.getByLabel('联系人', { exact: true }).fill('小李')
  await page.getByLabel('风险和注意事项').fill('注意保护隐私。')
  await page.getByLabel('保险').fill('社区统一投保')
  await page.getByRole('switch', { name: '只记时长' }).click()
  await button('保存').click()
  await sees('按岗位的排班自动生成四周的时段')
  await button('发布').click()
  await sees('这个活动只记时长')
  await button('发布').click()
  await sees('已发布')
  await sees('岗长小曹，报名 0/3')
  await button('看岗位和排班').click()
  await sees('已发布，按排班自动生成四周的时段。')
  await one.shot('house-post')
  await page.getByRole('button', { name: '不排周一' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '不排了' }).click()
  await sees('为止')
})

test('a deputy for some days: named by the holder, told when they are wrong, ended early', async () => {
  const [worker, colleague] = [await person('要休假的小程'), await person('同事小项')]
  const admin = await desk()
  for (const one of [worker, colleague]) await admin.post('/roles', { memberId: one.memberId, role: 'socialWorker', reason: '社工' })
  const away = await phone({ user: worker.openId })
  await away.enter('工作人员')
  const { page, button, sees } = away
  await page.getByRole('tab', { name: '人与伙伴' }).click()
  await page.getByRole('link', { name: '请人代理' }).click()
  await sees('现在没有代理')
  await button('请一位同事代理').click()
  await button('就这样定').click()
  await sees('请谁代理：请选一位同事。')
  await page.getByLabel('请谁代理').click()
  await page.getByRole('button', { name: '同事小项' }).click()
  await button('就这样定').click()
  await sees('原因：')
  await page.getByLabel('原因').fill('休年假')
  await away.shot('house-deputy')
  await button('就这样定').click()
  await sees('定好了，同事小项收到了消息。')
  await sees('同事小项代要休假的小程做专业社工')
  await page.getByRole('button', { name: '结束同事小项的代理' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '结束' }).click()
  await sees('现在没有代理')
  expect((await colleague.get('/deputies')).items).toEqual([])
})

test('messages and their WeChat templates: checked anew, one chosen with a reason', async () => {
  const staff = await staffPhone()
  const { page, button, sees } = staff
  await page.getByRole('tab', { name: '账与公示' }).click()
  await page.getByRole('link', { name: '消息和模板' }).click()
  await sees('报名成功')
  await button('重新核对模板').click()
  await sees('刚刚按微信公众平台的模板核对过。')
  await staff.shot('house-templates')
  const confirmed = async () => (await (await desk()).get('/messages/catalogue')).kinds.find((k) => k.kind === 'signupConfirmed')
  expect((await confirmed()).isChosen).toBe(false)
  await page.getByRole('link', { name: '报名成功' }).click()
  await page.getByRole('button', { name: '用“活动报名结果通知”' }).click()
  await dialog(staff, '固定用这一个')
  await sees('换好了。')
  await sees('选定了')
  expect((await confirmed()).isChosen).toBe(true)
  await page.getByRole('link', { name: '报名成功' }).click()
  await page.getByRole('button', { name: '按标题自动找' }).click()
  await dialog(staff, '不用固定')
  await page.getByText('选定了').waitFor({ state: 'detached' })
  expect((await confirmed()).isChosen).toBe(false)
})

test('an elder without a phone: a witness, the rules read out, a card; the same name at the same door is asked about', async () => {
  await person('见证人老俞')
  const staff = await staffPhone('登记老人')
  const { page, button, sees } = staff
  const fill = async () => {
    await page.getByLabel('邻居怎么称呼').fill('卢奶奶')
    await page.getByLabel('住哪里').fill('6栋')
    await page.getByLabel('出生年份').fill('1945')
    await pick(staff, '在场的见证人', '见证人老俞')
  }
  await fill()
  await button('登记').click()
  await sees('请先把社区的规则读给本人听')
  await page.getByRole('checkbox', { name: '都读给本人听了' }).click()
  await staff.shot('house-elder')
  await button('登记').click()
  await sees('卢奶奶登记好了')
  await button('发一张卡').click()
  await sees('只印在卡上，不要发到群里。')
  await staff.shot('house-elder-card')
  await button('再登记一位').click()
  await fill()
  await page.getByLabel('出生年份').fill('2020')
  await page.getByRole('checkbox', { name: '都读给本人听了' }).click()
  await button('登记').click()
  await sees('出生年份：未成年人请由家长')
  await page.getByLabel('出生年份').fill('1950')
  await button('登记').click()
  await page.getByRole('dialog').getByRole('button', { name: '是另一位' }).click()
  await sees('卢奶奶登记好了')

  // The card is in the list; lost, it is replaced.
  await staff.open('packages/staff/cards/cards')
  await page.getByRole('link', { name: '卢奶奶' }).click()
  await page.getByRole('button', { name: '补卡' }).click()
  await dialog(staff, '卡丢了')
  await sees('停用了')
  expect(await page.getByRole('link', { name: '卢奶奶' }).count()).toBe(2)
})

test('an activity again week after week: drafts of a series, once', async () => {
  const { activityId } = await shiftNow('每周的清洁日', { inMinutes: 24 * 60 })
  const staff = await phone({ user: (await desk()).openId })
  const { page, button, sees } = staff
  await staff.open(`packages/staff/activity/activity?id=${activityId}`)
  await button('复制、取消、加预算').click()
  await page.getByRole('button', { name: '复制、按周重复' }).click()
  await page.getByRole('tab', { name: '按周重复' }).click()
  await page.getByLabel('再办几次').fill('30')
  await button('建草稿').click()
  await page.getByRole('dialog').getByRole('button', { name: '建草稿' }).click()
  await sees('再办几次：')
  await staff.shot('house-repeat')
  await page.getByLabel('再办几次').fill('3')
  await button('建草稿').click()
  await page.getByRole('dialog').getByRole('button', { name: '建草稿' }).click()
  await sees('建好了 3 个草稿')
  await button('去看草稿').click()
  await page.getByRole('tab', { name: '草稿' }).click()
  await sees('每周的清洁日')
  // Once is enough: only another day is offered now.
  await staff.open(`packages/staff/repeat/repeat?id=${activityId}`)
  await sees('复制到哪一天')
  expect(await page.getByRole('tab', { name: '按周重复' }).count()).toBe(0)
})

test.each(SCREENS)('the pages of the house look right on $name', async (screen) => {
  const staff = await desk()
  const tall = { purpose: '每周二看望独居老人，陪着说说话，帮忙买菜取药，路上注意安全，有事随时给社区打电话。' }
  const team = await staff.post('/teams', { name: `看样子的服务队${screen.name}`, stationId: null, leaderIds: [staff.memberId], ...tall })
  const station = await staff.post('/stations', { kind: 'civilizationPractice', name: `看样子的实践站${screen.name}`, placeId: null, address: '双流区永安镇凤凰里社区党群服务中心一楼' })
  const post = await staff.post('/posts', { kind: 'demonstration', name: `看样子的岗${screen.name}`, duties: tall.purpose, teamId: team.id, buildingId: null, leaderId: staff.memberId })
  await staff.post(`/posts/${post.id}/rota`, { weekday: 'tuesday', startsAt: '22:30:00', minutes: 120, capacity: 12, from: new Date((await hostNow()) + 32 * 3600_000).toISOString().slice(0, 10) })
  const { activityId } = await shiftNow(`看样子的活动${screen.name}`)
  const one = await phone({ user: staff.openId, screen })
  const problems = {}
  for (const target of ['people', 'teams', `team?id=${team.id}`, 'stations', `station?id=${station.id}`, 'posts', `post?id=${post.id}`, `duty?id=${post.id}`, `rota?post=${post.id}`, 'places', 'deputies', 'templates', 'elder', 'cards', `repeat?id=${activityId}`, 'places?parent=00000000-0000-0000-0000-000000000000&level=estate&name=第一网格']) {
    const [name, query = ''] = target.split('?')
    await one.open(`packages/staff/${name}/${name}${query && `?${query}`}`)
    const found = await looked(one.page, Boolean(screen.font))
    if (found.length > 0) problems[target] = found
    await one.shot(`${screen.name}-house-${name}${query.startsWith('parent') ? '-empty' : ''}`)
  }
  expect(problems).toEqual({})
})

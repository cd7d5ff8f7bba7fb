import { beforeEach, expect, test } from 'vitest'
import { canteen, desk, person, walk } from './desk.mjs'
import { looked } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'
import { sheet } from './sheet.mjs'

// A machine may sign in so often in a minute.
beforeEach(() => walk(1))

/** The first administrator's phone in the staff console. */
async function staffPhone(screen) {
  const one = await phone({ user: (await desk()).openId, ...(screen && { screen }) })
  await one.enter('工作人员')
  await one.page.getByRole('tab', { name: '待办' }).waitFor()
  return one
}

/** The treasurer's phone in the staff console. */
async function treasurerPhone() {
  const treasurer = await person('陈会计')
  await (await desk()).post('/roles', { memberId: treasurer.memberId, role: 'treasurer', reason: '社区财务' }).catch(() => {})
  const one = await phone({ user: treasurer.openId })
  await one.enter('工作人员')
  await one.page.getByRole('tab', { name: '待办' }).waitFor()
  return one
}

const dialog = async ({ page }, words, button = '确定') => {
  await page.getByRole('dialog').getByRole('textbox').fill(words)
  await page.getByRole('dialog').getByRole('button', { name: button }).click()
}

test('an activity from nothing to published: what it promises is shown before the choice, then residents see it', async () => {
  await person('邱队长')
  const staff = await staffPhone()
  await staff.page.getByRole('tab', { name: '活动与需求' }).click()
  await staff.button('新建活动').click()
  await staff.page.getByLabel('叫什么').fill('雨天接送')
  await staff.page.getByLabel('做什么').fill('雨天接放学的孩子过马路。')
  await staff.page.getByLabel('联系人', { exact: true }).fill('小李')
  await staff.page.getByLabel('风险和注意事项').fill('路滑，注意安全。')
  await staff.page.getByLabel('保险').fill('社区统一投保')
  await staff.page.getByLabel('凤凰币预算（枚）').fill('100')
  await staff.button('保存').click()
  await staff.sees('还没有时段，加一个才能发布。')
  await staff.button('加时段').click()
  await staff.page.getByLabel('在哪里集合').fill('小学门口')
  await staff.page.getByLabel('负责人').fill('邱')
  await staff.button('查找').click()
  await staff.page.getByRole('link', { name: '邱队长' }).click()
  await staff.button('保存').click()
  await staff.sees('邱队长，报名 0/12')
  await staff.button('发布').click()
  await staff.sees('最多承诺 100 枚。')
  await staff.shot('staff-publish')
  await staff.button('发布，带凤凰币').click()
  await staff.sees('已发布')
  const resident = await phone({ name: '看活动的人' })
  await resident.join('看活动的人')
  await resident.page.getByRole('button', { name: '活动' }).click()
  await resident.sees('雨天接送')

  // Copied a week on, as a draft; the first one is called off with a reason.
  await staff.button('复制、取消、加预算').click()
  await staff.page.getByRole('button', { name: '复制、按周重复' }).click()
  await staff.button('复制').click()
  await staff.button('发布').waitFor()
  await staff.page.getByRole('button', { name: '返回' }).click()
  await staff.page.getByRole('button', { name: '返回' }).click()
  await staff.page.getByRole('link', { name: '已发布' }).filter({ hasText: '雨天接送' }).click()
  await staff.button('复制、取消、加预算').click()
  await staff.page.getByRole('button', { name: '取消活动' }).click()
  await dialog(staff, '天气转晴，不用接送')
  await staff.sees('取消了：天气转晴，不用接送')
})

test('表扬: one prepares, another decides in 待办, the coins are there; nobody decides their own', async () => {
  const praised = await person('被表扬的老郑')
  const staff = await staffPhone()
  await staff.page.getByRole('tab', { name: '账与公示' }).click()
  await staff.page.getByRole('link', { name: '表扬发放' }).click()
  await staff.button('表扬一位').click()
  await staff.page.getByLabel('表扬谁').fill('被表扬的')
  await staff.button('查找').click()
  await staff.page.getByRole('link', { name: '被表扬的老郑' }).click()
  await staff.page.getByLabel('几枚').fill('5')
  await staff.page.getByLabel('为什么表扬').fill('雨天帮邻居搬东西')
  await staff.page.getByLabel('依据').fill('照片存档')
  await staff.button('提交复核').click()
  await staff.sees('提交了')
  const treasurer = await treasurerPhone()
  await treasurer.sees('被表扬的老郑')
  await treasurer.shot('staff-todo')
  await treasurer.button('去复核').click()
  await treasurer.page.getByRole('button', { name: '同意', exact: true }).click()
  await treasurer.sees('通过了，马上生效。')
  expect((await praised.get('/coins')).available).toBe(5)
})

test('表扬 of many by a table: a wrong row stops all of it and says which; a right one waits for another', async () => {
  const rows = []
  for (const name of ['表格里的甲', '表格里的乙']) rows.push([(await (await person(name)).post('/volunteer')).number, '3', '楼道清洁', '照片存档'])
  const header = ['志愿者编号', '枚数', '事由', '依据']
  const staff = await staffPhone()
  await staff.open('packages/staff/grants/grants')
  const choose = async (lines) => {
    const chooser = staff.page.waitForEvent('filechooser')
    await staff.button('用表格表扬很多位').click()
    await (await chooser).setFiles({ name: '表扬.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: sheet([header, ...lines]) })
  }
  await choose([rows[0], ['V-没有', '3', '楼道清洁', '照片存档']])
  await staff.sees('一枚都没有发。改好再导入。')
  await staff.sees('第 3 行：没有找到这个志愿者编号。')
  await choose(rows)
  await staff.sees('2 人，共 6 枚，另一位同事复核后到账本上。')
  await staff.page.getByRole('button', { name: '提交', exact: true }).click()
  await staff.sees('提交了，等另一位同事复核。')
})

test('离任交接: everything of one goes to another at once', async () => {
  const [leaver, successor] = [await person('要走的小孟'), await person('接手的小贺')]
  const admin = await desk()
  await admin.post('/roles', { memberId: leaver.memberId, role: 'socialWorker', reason: '社工' })
  const staff = await staffPhone()
  await staff.open('packages/staff/handover/handover')
  await staff.page.getByLabel('谁离任').fill('要走的小孟')
  await staff.button('查找').first().click()
  await staff.page.getByRole('link', { name: '要走的小孟' }).click()
  await staff.page.getByLabel('谁接手').fill('接手的小贺')
  await staff.button('查找').last().click()
  await staff.page.getByRole('link', { name: '接手的小贺' }).click()
  await staff.button('交接').click()
  await staff.page.getByRole('button', { name: '交接', exact: true }).last().click()
  await dialog(staff, '调岗')
  await staff.page.getByText('交接好了。').or(staff.page.getByText('提交了，另一位同事复核后生效。')).first().waitFor()
  expect((await successor.get('/me')).roles).toContain('socialWorker')
  expect((await leaver.get('/me')).roles).not.toContain('socialWorker')
})

test('兑换 is paused with a reason and taken up again; a member\'s number is shown in full only with a reason, which is logged', async () => {
  const staff = await staffPhone()
  await staff.page.getByRole('tab', { name: '账与公示' }).click()
  await staff.page.getByRole('link', { name: '暂停与恢复' }).click()
  await staff.button('暂停兑换').click()
  await dialog(staff, '账本核对', '暂停')
  await staff.sees('暂停兑换：账本核对')
  await staff.button('恢复兑换').click()
  await dialog(staff, '核对好了', '恢复')
  await staff.sees('恢复兑换：核对好了')
  const { memberId } = await person('要查的老何')
  await staff.open(`packages/staff/member/member?id=${memberId}`)
  await staff.page.getByRole('link', { name: '查看一项完整信息' }).click()
  await staff.page.getByRole('button', { name: '查看手机号' }).click()
  await dialog(staff, '核对报名')
  await staff.sees('手机号：没有填')
  await staff.open('packages/staff/log/log')
  await staff.sees('核对报名')
})

test('a merchant from its name to its agreement, and a question of a resident answered', async () => {
  const shop = await canteen('张记包子铺', '爱心早点')
  const staff = await staffPhone()
  await staff.page.getByRole('tab', { name: '人与伙伴' }).click()
  await staff.page.getByRole('link', { name: '商家' }).click()
  await staff.button('登记商家').click()
  await staff.page.getByLabel('店名').fill('永安超市')
  await staff.page.getByLabel('地址').fill('永安镇2号')
  await staff.page.getByLabel('电话').fill('028-85672222')
  await staff.page.getByLabel('营业时间').fill('每天')
  await staff.button('保存').click()
  await staff.page.getByRole('link', { name: '永安超市' }).click()
  await staff.page.getByRole('link', { name: '登记新协议' }).click()
  await staff.page.getByLabel('一枚结算几分钱').fill('50')
  await staff.page.getByLabel('纸质协议编号').fill('凤凰-2026-9')
  await staff.button('提交复核').click()
  await staff.sees('提交了，财务复核后生效。')
  await staff.sees('等复核')

  const resident = await phone({ name: '有疑问的老罗' })
  await resident.join('有疑问的老罗')
  await shop.give(await resident.memberId(), 40)
  const [offer] = await shop.owner.get(`/merchants/${shop.merchant.id}/own-offers`)
  const held = await resident.api('POST', '/redemptions', { offerId: offer.id, version: offer.now.version, quantity: 1, isAtTill: false })
  await shop.owner.post(`/merchants/${shop.merchant.id}/redemptions/${held.id}/hand-over`, { isForFamily: false })
  await resident.api('POST', `/redemptions/${held.id}/disputes`, { text: '没有拿到午餐' })
  await staff.open('packages/staff/todo/todo')
  await staff.page.getByText('居民对兑换有疑问').first().waitFor()
  await staff.page.getByRole('link', { name: '没有拿到午餐' }).or(staff.button('去答复')).first().click()
  await staff.page.getByLabel('退回几枚').fill('18')
  await staff.page.getByLabel('答复').fill('问过食堂，是没给，退回 18 枚。')
  await staff.shot('staff-dispute')
  await staff.button('有道理，处理').click()
  await staff.sees('办好了。')
  expect((await resident.api('GET', '/coins')).available).toBe(40)
})

test.each(SCREENS)('the staff\'s pages look right on $name', async (screen) => {
  const { memberId } = await person('看页面的居民')
  const staff = await staffPhone(screen)
  const { items } = await (await desk()).get('/staff/activities')
  const merchant = (await (await desk()).get('/merchants')).items[0]
  const targets = [
    'todo', 'activities', `activity?id=${items[0].id}`, 'edit', `slot?activity=${items[0].id}`, 'people', 'members', `member?id=${memberId}`, 'roles', 'cards', 'units', 'merchants', ...(merchant ? [`merchant?id=${merchant.id}`] : []), 'partners', 'books', 'grants', 'grant',
    'pauses', 'letters', 'log', 'handover', 'approval?id=0', 'case?kind=appeal&id=0', 'shift?id=0',
  ]
  const problems = {}
  for (const target of targets) {
    const [name, query = ''] = target.split('?')
    await staff.open(`packages/staff/${name}/${name}${query && `?${query}`}`)
    const found = await looked(staff.page, Boolean(screen.font))
    if (found.length > 0) problems[name] = found
    await staff.shot(`${screen.name}-staff-${name}`)
  }
  expect(problems).toEqual({})
})

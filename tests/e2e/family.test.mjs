// 家人, units, privacy, and the ways out.
import { beforeAll, expect, test } from 'vitest'
import { canteen, desk, person } from './desk.mjs'
import { faults } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'

let shop
beforeAll(async () => {
  shop = await canteen('凤凰豆花店', '豆花饭')
})

async function joined(name, screen) {
  const one = await phone({ name, ...(screen && { screen }) })
  await one.join(name)
  return one
}

/** Picks a line of the sheet that a picker opens. */
async function pick({ page }, label, line) {
  await page.getByLabel(label, { exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: line, exact: true }).click()
}

async function addChild(parent, name, birth) {
  const { page, button, sees } = parent
  await parent.open('packages/volunteer/family/family')
  await button('添加孩子').click()
  await page.getByLabel('孩子怎么称呼').fill(name)
  await page.getByLabel('出生日期', { exact: true }).click()
  await page.getByRole('dialog').locator('input').fill(birth)
  await page.getByRole('button', { name: '确定' }).click()
  await pick(parent, '您是孩子的', '妈妈')
  await page.getByRole('checkbox').click()
  await button('添加').last().click()
  await sees(name)
}

test('a child: added with a consent that is never ticked beforehand, signed up with the parent, consent taken back', async () => {
  const parent = await joined('梁妈妈')
  const { page, button, sees } = parent
  await parent.open('packages/volunteer/child/child')
  await sees('我是孩子的监护人')
  expect(await page.locator('[aria-checked=true]').count()).toBe(0)
  await addChild(parent, '小雨', '2019-05-01')
  await sees('活动时请您全程陪着')
  await parent.shot('family')

  await parent.open('pages/activities/activities')
  await page.getByText('楼栋关怀日').filter({ visible: true }).first().click()
  await page.getByRole('checkbox').filter({ hasText: '小雨' }).click()
  await button('报名，').click()
  await sees('请先勾选上面的同意。')
  await page.getByRole('checkbox').filter({ hasText: '我是小雨的家长' }).click()
  await button('报名，').click()
  await page.getByRole('button', { name: '取消' }).click()
  await sees('报上名了！')
  await sees('小雨，')

  await parent.open('packages/volunteer/family/family')
  await page.getByText('小雨').filter({ visible: true }).click()
  await button('撤回同意').click()
  await page.getByRole('button', { name: '撤回', exact: true }).click()
  await sees('等您同意')
  await parent.shot('kid')
  await parent.open('pages/home/home')
  await page.getByText('小雨参加活动，等您同意').click()
  await button('同意小雨参加').click()
  await page.getByRole('button', { name: '同意', exact: true }).click()
  await button('同意小雨参加').waitFor({ state: 'hidden' })
})

test('family by a code from one phone to the other: collects for her, and either ends it', async () => {
  const elder = await joined('贺奶奶')
  await shop.give(await elder.memberId(), 18)
  await elder.open('packages/volunteer/family/family')
  await elder.button('请家人帮忙').click()
  await elder.button('生成家人码').click()
  await elder.sees('请至少选一样')
  await elder.page.getByRole('checkbox').filter({ hasText: '到店里代取' }).click()
  await elder.button('生成家人码').click()
  await elder.sees('前有效，用一次就过时。')
  await elder.shot('family-code')
  const code = await elder.page.evaluate(() => getCurrentPages().at(-1).data.code)

  const daughter = await joined('贺女儿')
  await daughter.open('packages/volunteer/accept/accept')
  await daughter.page.getByLabel('家人给的码').fill('AAAA BBBB')
  await daughter.button('确定').click()
  await daughter.sees('码不对或已过期')
  await daughter.page.getByLabel('家人给的码').fill(`${code.slice(0, 4)} ${code.slice(4)}`)
  await daughter.button('确定').click()
  await daughter.sees('您可以帮贺奶奶办事了。')

  await elder.open('pages/exchange/exchange')
  await elder.page.getByText('豆花饭').filter({ visible: true }).first().click()
  await elder.button('换 1 份').click()
  await elder.page.getByRole('button', { name: '取消' }).click()
  await elder.page.getByRole('button', { name: '换', exact: true }).click()
  await elder.sees('给您留好了')

  await daughter.open('pages/exchange/exchange')
  await daughter.page.getByText('帮贺奶奶取').filter({ visible: true }).click()
  await daughter.sees('帮贺奶奶取')
  await daughter.page.getByText(/到店里报 \d+ 号/).waitFor()
  expect(await daughter.button('不换了').count()).toBe(0)
  await daughter.shot('collect')

  await elder.open('packages/volunteer/family/family')
  await elder.page.getByText('解除', { exact: true }).filter({ visible: true }).click()
  await elder.page.getByRole('button', { name: '解除', exact: true }).click()
  await elder.sees('请家人帮您报名、到店代取，或一起收通知。')
  await daughter.open('pages/exchange/exchange')
  await daughter.sees('您有')
  expect(await daughter.page.getByText('帮贺奶奶取').count()).toBe(0)
})

test('from fourteen on: joins alone, a guardian confirms by a code, and the own consent is the own', async () => {
  const teen = await phone({ name: '小红' })
  await teen.open()
  await teen.page.getByLabel('邻居怎么叫您').fill('小红')
  await teen.page.getByRole('checkbox').filter({ hasText: '我满 14' }).click()
  await teen.page.getByRole('checkbox').filter({ hasText: '我看过了' }).click()
  await teen.button('加入社区').click()
  await teen.sees('请选择出生日期。')
  await teen.page.getByLabel('出生日期', { exact: true }).click()
  await teen.page.getByRole('dialog').locator('input').fill('2011-05-01')
  await teen.page.getByRole('button', { name: '确定' }).click()
  await teen.button('加入社区').click()
  await teen.sees('还差家长同意。')
  await teen.shot('teen')
  await teen.button('请家长确认').click()
  await teen.sees('前有效，用一次就过时。')
  const code = await teen.page.evaluate(() => getCurrentPages().at(-1).data.code)

  const mother = await joined('红妈妈')
  await mother.open('packages/volunteer/accept/accept?kind=guardian')
  await mother.page.getByLabel('家人给的码').fill(code)
  await mother.button('确定').click()
  await mother.sees('您是小红的家长了。')

  await teen.open('packages/volunteer/family/family')
  await teen.sees('您和家长都同意了，可以参加。')
  await teen.button('撤回我的同意').click()
  await teen.page.getByRole('button', { name: '撤回', exact: true }).click()
  await teen.sees('还差您自己同意。')
  await teen.button('同意').click()
  await teen.sees('您和家长都同意了，可以参加。')
})

test('a unit: joined by its code, its view of the hours is a choice of its own, and left', async () => {
  const staff = await desk()
  const contact = await person('单位联系人小周')
  const unit = await staff.post('/units', { name: '永安物业', kind: 'firm' })
  await staff.post(`/units/${unit.id}/contacts`, { memberId: contact.memberId, reason: '单位推荐' })
  const { code } = await contact.post(`/units/${unit.id}/join-code`)
  const resident = await joined('石师傅')
  const { page, button, sees } = resident
  await resident.open('packages/volunteer/card/card')
  await button('注册成为志愿者').click()
  await sees('志愿者编号')
  await resident.open('packages/volunteer/units/units')
  await sees('同意单位看我的服务时长')
  expect(await page.locator('[aria-checked=true]:visible').count()).toBe(0)
  await page.getByLabel('加入码').fill(code)
  await button('加入').click()
  await sees('永安物业')
  expect(await page.locator('[role=switch][aria-checked=true]').count()).toBe(0)
  await page.getByRole('switch').click()
  await page.locator('[role=switch][aria-checked=true]').waitFor()
  await resident.shot('units')
  await button('退出单位').click()
  await page.getByRole('button', { name: '退出', exact: true }).click()
  await page.getByText('永安物业').waitFor({ state: 'hidden' })
})

test('what is kept, all of it to read and copy, a changed name, and a telephone number', async () => {
  const resident = await joined('毛阿姨')
  const { page, button, sees } = resident
  await resident.open('packages/volunteer/privacy/privacy')
  await sees('服务记录不给商家')
  await resident.shot('privacy')
  await page.getByText('我的全部资料').click()
  await sees('毛阿姨')
  await resident.shot('data')
  await button('复制全部').click()
  await sees('内容已复制')
  await resident.open('packages/volunteer/profile/profile')
  await page.getByLabel('邻居怎么叫您').fill('毛妈妈')
  await button('保存').click()
  await sees('保存好了')
  await button('用微信的手机号').click()
  await page.getByText(/\d{3}\*+\d+/).filter({ visible: true }).waitFor()
  await resident.shot('profile')
  await resident.open('packages/volunteer/looks/looks')
  await sees('没有人看过')
})

test('leaves the community and comes back; closes the account, and the same WeChat is a newcomer', async () => {
  const resident = await joined('龚叔')
  const { page, button, sees } = resident
  await resident.open('packages/volunteer/leave/leave?what=community')
  await button('退出社区').click()
  await sees('请在上面填“退出社区”四个字。')
  await resident.shot('leave')
  await page.getByLabel('填退出社区').fill('退出社区')
  await button('退出社区').click()
  await sees('您退出社区了')
  await button('好的').click()
  await resident.join('龚叔')
  await resident.open('packages/volunteer/leave/leave?what=account')
  await page.getByLabel('填注销账号').fill('注销账号')
  await button('注销账号').click()
  await sees('账号注销了')
  await resident.open('pages/home/home')
  await sees('邻居怎么叫您')
})

test('who has something under way is told what to do first', async () => {
  const resident = await joined('白姐')
  const { page, button, sees } = resident
  await shop.give(await resident.memberId(), 18)
  const [offer] = await shop.owner.get(`/merchants/${shop.merchant.id}/own-offers`)
  await resident.open(`pages/offer/offer?id=${offer.id}`)
  await button('换 1 份').click()
  await page.getByRole('button', { name: '取消' }).click()
  await page.getByRole('button', { name: '换', exact: true }).click()
  await sees('给您留好了')
  await resident.open('packages/volunteer/leave/leave?what=account')
  await sees('先办好这些')
  await resident.shot('leave-open')
})

test('what WeChat brings is switched by group', async () => {
  const resident = await joined('丁姐')
  const { page, sees } = resident
  await resident.open('pages/settings/settings')
  await sees('微信里提醒我')
  const on = page.locator('[role=switch][aria-checked=true]').filter({ hasText: '兑换' })
  await on.click()
  await on.waitFor({ state: 'hidden' })
  await resident.open('pages/settings/settings')
  await page.getByRole('switch').filter({ hasText: '兑换' }).waitFor()
  expect(await on.count()).toBe(0)
})

test.each(SCREENS)('the pages of family and privacy look right on $name', async (screen) => {
  const resident = await joined(`家${screen.name}`, screen)
  await addChild(resident, '小宝', '2015-05-01')
  for (const target of ['family', 'child', 'code?kind=family', 'accept?kind=guardian', 'units', 'profile', 'privacy', 'data', 'looks', 'leave?what=account', 'gift']) {
    const name = target.split('?')[0]
    await resident.open(`packages/volunteer/${name}/${target}`)
    await resident.page.waitForFunction(() => [...document.querySelectorAll('.mp-page')].some((b) => b.style.display !== 'none' && b.textContent.trim() && !b.querySelector('.skeleton')))
    expect([target, await faults(resident.page, Boolean(screen.font))]).toEqual([target, []])
    await resident.shot(`${screen.name}-${name}`)
  }
})

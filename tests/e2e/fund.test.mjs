// 基金账本 and 公益集市 as staff keep them: a receipt with its picture, checked by another; a market from its draft to its settlement; the stall's code.
import { beforeAll, expect, test } from 'vitest'
import { canteen, desk, hostNow, person, walk } from './desk.mjs'
import { looker } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'

const MINUTE = 60_000
/** A picture of one dot. */
const DOT = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

let staff, treasurer, checker
beforeAll(async () => {
  staff = await desk()
  await canteen('凤凰书屋', '旧书一本')
  treasurer = await person('陈会计')
  checker = await person('复核的小温')
  await staff.post('/roles', { memberId: checker.memberId, role: 'treasurer', reason: '复核人' })
})

const answer = async ({ page }, text, button = '确定') => {
  await page.getByRole('dialog').getByRole('textbox').fill(text)
  await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click()
}
const line = ({ page }, name) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

async function photograph(one) {
  const chooser = one.page.waitForEvent('filechooser')
  await one.button('拍收据或回单').click()
  await (await chooser).setFiles({ name: '收据.png', mimeType: 'image/png', buffer: DOT })
  await one.button('换一张照片').waitFor()
}

const approveAll = async (by) => {
  for (const a of (await by.get('/approvals')).items.filter((one) => one.mayDecide)) await by.post(`/approvals/${a.id}/decision`, { approve: true })
}

async function fillReceipt(one, number, yuan) {
  await one.page.getByLabel('多少（元）').fill(yuan)
  await one.page.getByLabel('哪家慈善组织开的').fill('双流区慈善会')
  await one.page.getByLabel('备案编号').fill('51012200A0012')
  await one.page.getByLabel('收据编号').fill(number)
}

test('a receipt is entered with its picture, posted by another, taken back by two; everybody reads it', async () => {
  const money = await phone({ user: treasurer.openId })
  await money.enter('工作人员')
  await money.page.getByRole('tab', { name: '账与公示' }).click()
  await money.page.getByRole('link', { name: '基金账本' }).click()
  await money.sees('基金里有')
  await money.button('登记捐赠收据').click()
  await fillReceipt(money, '川财2026-0101', '500.5.')
  await money.button('提交复核').click()
  await money.sees('多少钱请写数字')
  await money.page.getByLabel('多少（元）').fill('500.5')
  await money.button('提交复核').click()
  await money.sees('请拍一张收据或回单的照片')
  await photograph(money)
  await money.shot('fund-entry')
  await money.button('提交复核').click()
  await money.sees('另一位同事在“待办”里复核后')
  await money.button('好的').click()
  await money.sees('捐赠入账 500.50 元')
  await money.sees('等复核')
  await approveAll(checker)
  await approveAll(staff)
  await money.open('packages/staff/fund/fund')
  await money.sees('+500.50')
  await money.shot('fund-book')

  // Wrong after all: taken back whole, by two people again.
  await money.page.getByRole('link', { name: '+500.50' }).click()
  await line(money, '冲正这一笔')
  await answer(money, '收据重复登记')
  await money.sees('冲正 500.50 元')
  expect((await staff.get('/fund/receipts')).items.map((r) => r.receiptNumber)).toContain('川财2026-0101')
  await approveAll(checker)
  await approveAll(staff)
  await money.open('packages/staff/fund/fund')
  await money.sees('−500.50')
  expect((await staff.get('/fund/receipts')).items.map((r) => r.receiptNumber)).not.toContain('川财2026-0101')
})

test('a market from its draft to its settlement, and the stall\'s code on the stallholder\'s phone', async () => {
  const office = await phone({ user: staff.openId })
  await office.enter('工作人员')
  await office.page.getByRole('tab', { name: '活动与需求' }).click()
  await office.page.getByRole('link', { name: '公益集市' }).click()
  await office.sees('这里还没有集市')
  await office.button('新建集市').click()
  await office.page.getByLabel('叫什么').fill('冬日公益集市')
  await office.page.getByLabel('说明').fill('带上旧书旧玩具，一起来摆摊。')
  await office.page.getByLabel('在哪里').fill('社区广场')
  await office.shot('market-form')
  await office.button('保存').click()
  await office.sees('草稿')
  await office.button('开放摊位申请').click()
  await line(office, '开放')
  await office.sees('招摊中')

  const owner = await person('甘大姐')
  const [market] = (await staff.get('/staff/markets')).items
  await owner.post(`/markets/${market.id}/stalls`, { kind: 'family', title: '毛线小摊', description: '自己织的围巾。', pledgePercent: 50 })
  const other = await person('危大哥')
  await other.post(`/markets/${market.id}/stalls`, { kind: 'service', title: '修小家电', description: '不收费。', pledgePercent: 0 })
  await office.open(`packages/staff/market/market?id=${market.id}`)
  await office.page.getByRole('link', { name: '毛线小摊' }).click()
  await line(office, '通过')
  await office.sees('1 号 毛线小摊')
  await office.page.getByRole('link', { name: '修小家电' }).click()
  await line(office, '不通过')
  await answer(office, '场地没有电源')
  await office.sees('没有通过')
  await office.shot('market-stalls')

  const seller = await phone({ user: owner.openId })
  const [own] = (await owner.get('/my/stalls')).items
  await seller.open(`packages/volunteer/mystall/mystall?id=${own.id}`)
  await seller.button('摊位码，贴在摊位上').click()
  await seller.sees('邻居用微信扫一扫')
  await seller.page.waitForFunction(() => [...document.querySelectorAll('.code img')].some((i) => i.complete && i.naturalWidth > 0))
  await seller.shot('stall-code')

  await walk(Math.ceil((Date.parse(market.startsAt) - (await hostNow())) / MINUTE) + 1)
  await office.open(`packages/staff/market/market?id=${market.id}`)
  await office.button('收摊').click()
  await line(office, '收摊')
  await office.sees('还没有报收入')
  await office.page.getByRole('link', { name: '1 号 毛线小摊' }).click()
  await line(office, '替摊主报收入')
  await answer(office, '120')
  await office.sees('收了 120.00 元，说好捐 60.00 元')
  await office.page.getByRole('link', { name: '1 号 毛线小摊' }).click()
  await line(office, '登记慈善会收据')
  await fillReceipt(office, '川财 2026-0102', '60')
  await office.sees('1 号 毛线小摊')
  await photograph(office)
  await office.button('提交复核').click()
  await office.sees('提交了')
  await approveAll(checker)
  await approveAll(treasurer)
  await office.open(`packages/staff/market/market?id=${market.id}`)
  await office.sees('收据到了 60.00 元')
  await office.shot('market-settle')
  await office.button('结清').click()
  await line(office, '结清')
  await office.sees('已结清')
  expect((await staff.get(`/staff/markets/${market.id}`)).state).toBe('settled')
})

test.each(SCREENS)('the pages of the fund and of the markets look right on $name', async (screen) => {
  const now = await hostNow()
  const draft = await staff.post('/staff/markets', {
    title: `好看的集市${screen.name}`, description: '带上旧书旧玩具，一起来摆摊。', startsAt: new Date(now + 60 * MINUTE).toISOString(), endsAt: new Date(now + 240 * MINUTE).toISOString(), address: '社区广场', maxStalls: 20,
  })
  await staff.post(`/staff/markets/${draft.id}/opening`)
  const owner = await person(`摊主${screen.name}`)
  const { id } = await owner.post(`/markets/${draft.id}/stalls`, { kind: 'family', title: '手工布艺和旧玩具摊', description: '自己做的布艺，孩子的旧玩具。', pledgePercent: 50 })
  await staff.post(`/staff/stalls/${id}/decision`, { approve: true })
  await (await person(`邻居${screen.name}`)).post(`/markets/${draft.id}/stalls`, { kind: 'service', title: '义剪', description: '给老人理发，不收费。', pledgePercent: 0 })
  const problems = {}
  const look = looker(screen, problems)
  const office = await phone({ user: staff.openId, screen })
  await look(office, 'activities', 'packages/staff/activities/activities')
  await look(office, 'markets', 'packages/staff/markets/markets')
  await look(office, 'market', `packages/staff/market/market?id=${draft.id}`)
  await look(office, 'fair', 'packages/staff/fair/fair')
  await look(office, 'fund', 'packages/staff/fund/fund')
  await look(office, 'entry', 'packages/staff/entry/entry?kind=contribution')
  await look(office, 'adjustment', 'packages/staff/entry/entry?kind=adjustment')
  await look(office, 'stallcode', `packages/volunteer/stallcode/stallcode?id=${id}&title=${encodeURIComponent('1 号 手工布艺和旧玩具摊')}`)
  await look(await phone({ user: owner.openId, screen }), 'mystall-code', `packages/volunteer/mystall/mystall?id=${id}`)
  await walk(61)
  await staff.post(`/staff/markets/${draft.id}/closing`)
  await owner.put(`/stalls/${id}/takings`, { takingsFen: 12_000, peopleServed: null })
  await look(office, 'market-closed', `packages/staff/market/market?id=${draft.id}`)
  expect(problems).toEqual({})
})

// 审计 and 公示: ten drawn at random with their evidence; the months that everybody may read; the accounts of the fund, where no coin stands.
import { beforeAll, expect, test } from 'vitest'
import { canteen, desk, hostNow, person, wake, walk } from './desk.mjs'
import { looked, looker } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'
import { like } from './records.mjs'

const MINUTE = 60_000

let shop, auditor, names
beforeAll(async () => {
  shop = await canteen('永安早点', '豆浆油条')
  auditor = await person('审计老顾')
  await (await desk()).post('/roles', { memberId: auditor.memberId, role: 'auditor', reason: '街道审计' })
  names = ['白大姐', '卓大哥', '游阿姨', '贝叔叔', '商奶奶', '成爷爷']
  for (const name of names) {
    const one = await person(name)
    await shop.give(one.memberId, 40)
    const [offer] = (await one.get('/offers')).items.filter((o) => o.merchantId === shop.merchant.id)
    const held = await one.post('/redemptions', { offerId: offer.id, version: offer.version, quantity: 1 })
    await shop.owner.post(`/merchants/${shop.merchant.id}/redemptions/${held.id}/hand-over`, { isForFamily: false })
  }
})

/** A sheet's line. */
const line = (one, name) => one.page.getByRole('dialog').getByRole('button', { name, exact: true })

test('an auditor draws ten, sees what stands behind each, and finds the draw in the list and in the log', async () => {
  const audit = await phone({ user: auditor.openId })
  const copied = []
  await audit.page.exposeFunction('copied', (text) => void copied.push(text))
  await audit.enter('审计')
  await audit.page.getByRole('tab', { name: '抽查' }).click()
  await audit.sees('还没有抽过。')
  await audit.button('选月份，抽 10 笔').click()
  await line(audit, '2026 年 11 月').click()
  await audit.sees('2026 年 11 月，10 笔')
  await audit.shot('audit-drawn')
  const first = audit.page.getByRole('link', { name: '兑换：豆浆油条，永安早点' }).first()
  await first.click()
  await audit.sees('已兑换')
  await audit.sees('封存值')
  await audit.shot('audit-evidence')
  const seen = await audit.page.locator('body').innerText()
  for (const name of names) expect(seen).not.toContain(name)
  await audit.page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => copied(text)
  })
  await audit.page.getByRole('link', { name: '复制账本里的这一行' }).click()
  await audit.sees('内容已复制')
  expect(JSON.parse(copied[0].split('\n')[0])).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/) })

  await audit.open('packages/audit/checks/checks')
  await audit.page.getByRole('link', { name: '2026 年 11 月，10 笔' }).click()
  await audit.sees('照着重抽')
  await audit.open('packages/audit/log/log')
  await audit.sees('抽查：抽了 10 笔')
})

test('the month appears on the third, with what was issued and exchanged; nothing of it is yuan', async () => {
  const resident = await phone({ user: (await person(names[0])).openId })
  await resident.open('packages/volunteer/board/board')
  await resident.sees('第一个月还没过完')
  const here = new Date((await hostNow()) + 480 * MINUTE)
  await walk(Math.round((Date.UTC(here.getUTCFullYear(), here.getUTCMonth() + 1, 3, 9) - here.getTime()) / MINUTE))
  await wake()
  await resident.open('packages/volunteer/board/board')
  await resident.sees('2026 年 11 月，一共服务')
  await resident.sees(`${6 * 40} 枚`)
  await resident.sees(`${6 * 18} 枚`)
  await resident.sees(`${6 * 22} 枚`)
  await resident.shot('board-real')
  for (const text of [await resident.page.locator('body').innerText(), JSON.stringify(await resident.api('GET', '/board/months/2026-11'))]) expect(text).not.toMatch(/[元¥]|fen/i)
  await resident.page.getByRole('link', { name: '社区基金的账' }).click()
  await resident.sees('慈善会的收据')
  expect(await resident.page.locator('body').innerText()).not.toContain('枚')
})

/** Every page that a resident opens from the tabs and from 我的: not one says what a coin is worth. */
test('no page of a resident has a yuan beside coins', async () => {
  const resident = await phone({ user: (await person(names[1])).openId })
  const pages = ['pages/home/home', 'pages/activities/activities', 'pages/exchange/exchange', 'pages/me/me', 'pages/coins/coins', 'pages/redemptions/redemptions', `pages/shop/shop?id=${shop.merchant.id}`, 'packages/volunteer/board/board', 'packages/volunteer/why/why', 'packages/volunteer/gift/gift']
  for (const target of pages) {
    await resident.open(target)
    await looked(resident.page, false)
    expect(await resident.page.locator('body').innerText(), target).not.toMatch(/\d\s*元|[¥￥]/)
  }
})

/** A year of the board, as the API tells it. */
const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'].map((month, i) =>
  like('BoardMonth', { month, minutes: i === 1 ? null : 3000 + ((i * 7919) % 9000), people: i === 1 ? null : 20 + i, peopleServed: 40 + 3 * i, coins: i === 1 ? null : like('BoardCoins', { issued: 1200 + 90 * i, exchanged: 800 + 70 * i, expired: i === 0 ? 120 : 0, outstanding: 2400 + 20 * i }) }),
)
const help = [['一老一小', 4350, 61], ['居民融合', 2100, 0], ['小区治理', 1200, 18], ['环保科普', 600, 0]].map(([kind, minutes, peopleServed]) => like('GetBoardMonthHelp', { kind, minutes, peopleServed }))
const accounts = { year: 2026, contributedFen: 1_205_000, paidFen: 663_450, months: [{ month: '2026-10', contributedFen: 700_000, adjustedFen: 0, paidFen: 301_050 }, { month: '2026-11', contributedFen: 505_000, adjustedFen: 1_250, paidFen: 362_400 }] }
const receipt = (id, amountFen, donor) => like('PublicAccountsReceiptItem', { id: `0a000000-0000-7000-8000-00000000000${id}`, charityName: '双流区慈善会', filingNumber: '51012200A0012', receiptNumber: `川财 2026-${id}`, receiptOn: '2026-11-20', amountFen, donor })

test.each(SCREENS)('the pages of the board and of the draw look right on $name', async (screen) => {
  const problems = {}
  const look = looker(screen, problems)
  const resident = await phone({ user: (await person(names[2])).openId, screen })
  await resident.page.route('**/board/months', (route) => route.fulfill({ json: { months } }))
  await resident.page.route('**/board/months/*', (route) => route.fulfill({ json: { figures: months.find((m) => route.request().url().endsWith(m.month)), help } }))
  await resident.page.route('**/fund/accounts**', (route) => route.fulfill({ json: like('PublicAccountsYearView', accounts) }))
  await resident.page.route('**/board/fund', (route) => route.fulfill({ json: like('GetBoardFundResponse', { statements: 14, paidFen: 663_450 }) }))
  await resident.page.route('**/fund/receipts**', (route) => route.fulfill({ json: { items: [receipt(1, 505_000, 'partner'), receipt(2, 17_930, 'stall')], next: null } }))
  await look(resident, 'board', 'packages/volunteer/board/board')
  await look(resident, 'fund-public', 'packages/volunteer/fund/fund')
  if (problems.board === undefined) {
    await resident.open('packages/volunteer/board/board')
    await resident.page.getByRole('tab', { name: '2 月', exact: true }).click()
    await resident.sees('不到 5 个人，不公布')
  }
  const audit = await phone({ user: auditor.openId, screen })
  const { id } = await auditor.post('/spot-checks', { month: '2026-11' })
  await look(audit, 'checks', 'packages/audit/checks/checks')
  await look(audit, 'records', 'packages/audit/records/records')
  await look(audit, 'draw', `packages/audit/draw/draw?id=${id}`)
  await audit.page.locator('.row.top').first().click()
  await audit.page.locator('.row.top').nth(6).click()
  const found = await looked(audit.page, Boolean(screen.font))
  if (found.length > 0) problems.evidence = found
  await audit.page.locator('.evidence').scrollIntoViewIfNeeded()
  await audit.shot(`${screen.name}-evidence`)
  expect(problems).toEqual({})
})

// 公益集市: staff make and open a market, a resident applies, staff decide, the neighbours come, thank, and see where the money goes.
import { beforeAll, expect, test } from 'vitest'
import { desk, hostNow, person, walk } from './desk.mjs'
import { looked } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'

const MINUTE = 60_000

let staff, resident
beforeAll(async () => {
  staff = await desk()
})

/** A market that is open to applications; it begins in ten minutes. */
async function market(title) {
  const startsAt = (await hostNow()) + 10 * MINUTE
  const draft = await staff.post('/staff/markets', {
    title, description: '带上旧书旧玩具，一起来摆摊。', startsAt: new Date(startsAt).toISOString(), endsAt: new Date(startsAt + 180 * MINUTE).toISOString(), address: '社区广场', maxStalls: 20,
  })
  await staff.post(`/staff/markets/${draft.id}/opening`)
  return draft.id
}

/** A neighbour's stall that was approved. */
async function stallOf(owner, marketId, form) {
  const { id } = await owner.post(`/markets/${marketId}/stalls`, { kind: 'family', title: '旧书摊', description: '看过的书，找个新家。', pledgePercent: 50, ...form })
  await staff.post(`/staff/stalls/${id}/decision`, { approve: true })
  return id
}

async function joined(name, screen) {
  resident = await phone({ name, ...(screen && { screen }) })
  await resident.join(name)
  return resident
}

const sceneIn = (text) => new URLSearchParams(text.split('?')[1]).get('scene')

test('from 活动 to a stall: applied for, decided, seen by all, and its takings told after the market', async () => {
  const id = await market('秋日公益集市')
  const { page, button, sees, shot } = await joined('祝姐')
  await resident.open('pages/activities/activities')
  await page.getByRole('link', { name: '市集：秋日公益集市' }).click()
  await sees('共 20 个摊位，定了 0 个')
  await button('申请家庭摊').click()
  await button('提交申请').click()
  await sees('请写好招牌和说明')
  await page.getByLabel('招牌上写什么').fill('旧书摊')
  await page.getByLabel('卖些什么').fill('看过的书，找个新家。')
  await shot('market-apply')
  await button('提交申请').click()
  await sees('等社区审核')

  const [applied] = (await staff.get(`/staff/markets/${id}/stalls`)).items
  expect(applied).toMatchObject({ title: '旧书摊', kind: 'family', pledgePercent: 50, state: 'applied' })
  await staff.post(`/staff/stalls/${applied.id}/decision`, { approve: true })
  await resident.open(`pages/market/market?id=${id}`)
  await sees('1 号 旧书摊')
  await sees('通过了')
  await shot('market-mine')

  await walk(11)
  await staff.post(`/staff/markets/${id}/closing`)
  await resident.open(`pages/market/market?id=${id}`)
  await page.getByRole('link', { name: '收摊了，请报一下收入' }).click()
  await page.getByLabel('一共收了多少（元）').fill('86.5.')
  await button('保存').click()
  await sees('请填一共收了多少')
  await page.getByLabel('一共收了多少（元）').fill('86.5')
  await button('保存').click()
  await sees('记好了，谢谢您！')
  await sees('43.25')
  await shot('market-takings')
  expect((await staff.get(`/staff/markets/${id}/stalls`)).items[0]).toMatchObject({ takingsFen: 8650, pledgedFen: 4325 })
})

test('an application is taken back', async () => {
  const id = await market('周末集市')
  const { page, button, sees } = await joined('邵哥')
  await resident.open(`pages/market/market?id=${id}`)
  await button('申请便民摊').click()
  await page.getByLabel('招牌上写什么').fill('义剪')
  await page.getByLabel('为邻居做什么').fill('给老人理发，不收费。')
  await button('提交申请').click()
  await sees('等社区审核')
  await page.getByRole('link', { name: '义剪' }).click()
  await button('不摆了').click()
  await page.getByRole('button', { name: '撤回', exact: true }).click()
  await sees('已撤回')
  expect((await staff.get(`/staff/markets/${id}/stalls`)).items[0].state).toBe('withdrawn')
})

test('a stall\'s code: thanked once however often, no family named', async () => {
  const id = await market('邻里集市')
  const owner = await person('苗大姐')
  const stall = await stallOf(owner, id)
  const scene = sceneIn(await staff.codeText(`/stalls/${stall}/code`))
  await walk(11)
  const { page, button, sees, shot } = await joined('薛叔')
  for (let i = 0; i < 2; i++) {
    await resident.open('pages/scan/scan', { scene })
    await button('说声谢谢').click()
    await sees('谢谢您的心意')
    await sees('1 位邻居说了谢谢')
  }
  await shot('stall-thanked')
  expect(await page.getByText('苗大姐').count()).toBe(0)
  await page.getByRole('link', { name: '钱去哪了' }).click()
  await sees('慈善会的收据还没到')
})

/** A year's way, as the API tells it. */
const trace = (marketId) => ({
  marketId, market: '好看的集市', startsAt: '2026-11-28T01:00:00Z', state: 'settled', stall: null, takingsFen: 358_600, contributedFen: 179_300, receipts: 6, peopleServed: 42,
  months: [{ month: '2026-11', paidFen: 120_050, help: [{ kind: '一老一小', minutes: 4_350, peopleServed: 61 }, { kind: '小区治理', minutes: 1_200, peopleServed: 0 }] }, { month: '2026-12', paidFen: 80_000, help: [{ kind: '一老一小', minutes: 600, peopleServed: 5 }] }],
})

test.each(SCREENS)('the pages of a market look right on $name', async (screen) => {
  const id = await market('好看的集市')
  const stall = await stallOf(await person(`摊主${screen.name}`), id, { title: '手工布艺和旧玩具摊' })
  await joined(`集${screen.name}`, screen)
  const mine = (await resident.api('POST', `/markets/${id}/stalls`, { kind: 'service', title: '义剪', description: '给老人理发，不收费。', pledgePercent: 10 })).id
  await staff.post(`/staff/stalls/${mine}/decision`, { approve: true })
  await resident.page.route('**/markets/*/trace', (route) => route.fulfill({ json: trace(id) }))
  const problems = {}
  const look = async (name, target) => {
    await resident.open(target)
    const found = await looked(resident.page, Boolean(screen.font))
    if (found.length > 0) problems[name] = found
    await resident.shot(`${screen.name}-${name}`)
  }
  await look('activities', 'pages/activities/activities')
  await look('market', `pages/market/market?id=${id}`)
  await look('stand', `packages/volunteer/stand/stand?market=${id}&kind=family`)
  await look('mystall', `packages/volunteer/mystall/mystall?id=${mine}`)
  await look('trace', `packages/volunteer/trace/trace?market=${id}`)
  await walk(11)
  await look('stall', `packages/volunteer/stall/stall?id=${stall}`)
  await staff.post(`/staff/markets/${id}/closing`)
  await look('market-over', `pages/market/market?id=${id}`)
  await look('takings', `packages/volunteer/mystall/mystall?id=${mine}`)
  expect(problems).toEqual({})
})

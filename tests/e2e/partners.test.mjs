import { expect, test } from 'vitest'
import { desk, person, walk } from './desk.mjs'
import { looked } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'

/** Who speaks for a unit. */
async function contact() {
  const staff = await desk()
  const one = await person('联系人小方')
  const { items } = await staff.get('/units')
  const unit = items.find((u) => u.name === '永安科技公司') ?? (await staff.post('/units', { name: '永安科技公司', kind: 'firm' }))
  await staff.post(`/units/${unit.id}/contacts`, { memberId: one.memberId, reason: '单位指定' }).catch(() => {})
  return one
}

/** Somebody who audits. */
async function auditor() {
  const one = await person('审计老丁')
  await (await desk()).post('/roles', { memberId: one.memberId, role: 'auditor', reason: '街道审计' }).catch(() => {})
  return one
}

test('a unit brings its people by a code; what it sees is people, activities and commitments', async () => {
  const unit = await phone({ user: (await contact()).openId })
  await unit.enter('单位')
  await unit.sees('永安科技公司')
  await unit.page.getByRole('tab', { name: '人员' }).click()
  await unit.button('生成加入码').click()
  await unit.sees('把加入码发给本单位的人')
  const code = (await unit.page.locator('.notice .number').innerText()).trim()
  const colleague = await person('同事小秦')
  await colleague.post('/volunteer').catch(() => {})
  await colleague.post('/unit-memberships', { code, sharesHours: true })
  await unit.open('packages/unit/people/people')
  await unit.sees('同事小秦')
  await unit.page.getByRole('tab', { name: '活动' }).click()
  await unit.sees('楼栋关怀日')
  await unit.page.getByRole('tab', { name: '共建' }).click()
  await unit.sees('还没有共建协议')
  expect(await unit.page.locator('body').innerText()).not.toContain('枚')
})

test('an auditor reads the figures, the evidence, the proof and the log', async () => {
  const audit = await phone({ user: (await auditor()).openId })
  await audit.enter('审计')
  await audit.sees('居民手里的凤凰币')
  await audit.page.getByRole('tab', { name: '抽查' }).click()
  await audit.sees('随机抽 10 笔')
  await audit.page.getByRole('tab', { name: '核验' }).click()
  await audit.sees('每月封存')
  await audit.page.getByRole('tab', { name: '日志' }).click()
  await audit.sees('身份：给予')
})

test.each(SCREENS)('the unit\'s and the auditor\'s pages look right on $name', async (screen) => {
  await walk(1)
  const problems = {}
  const look = async (one, packageName, names) => {
    for (const name of names) {
      await one.open(`packages/${packageName}/${name}/${name}`)
      const found = await looked(one.page, Boolean(screen.font))
      if (found.length > 0) problems[`${packageName}/${name}`] = found
      await one.shot(`${screen.name}-${packageName}-${name}`)
    }
  }
  await look(await phone({ user: (await contact()).openId, screen }), 'unit', ['overview', 'people', 'activities', 'commitments'])
  await look(await phone({ user: (await auditor()).openId, screen }), 'audit', ['board', 'checks', 'proof', 'log'])
  expect(problems).toEqual({})
})

// A month ends by the demo's clock: the statement, a doubt, the owner's word, the payout and its receipt, on four phones.
import { expect, test } from 'vitest'
import { canteen, desk, hostNow, person, wake, walk } from './desk.mjs'
import { phone } from './phone.mjs'

const MINUTE = 60_000

const say = async ({ page }, text, button) => {
  await page.getByRole('dialog').getByRole('textbox').fill(text)
  await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click()
}

/** Two lunches, each held from home and handed over at the counter. */
async function twoLunches(shop, resident) {
  const [offer] = (await resident.get('/offers')).items.filter((o) => o.merchantId === shop.merchant.id)
  for (let i = 0; i < 2; i++) {
    const held = await resident.post('/redemptions', { offerId: offer.id, version: offer.version, quantity: 1 })
    await shop.owner.post(`/merchants/${shop.merchant.id}/redemptions/${held.id}/hand-over`, { isForFamily: false })
  }
}

test('month end: stated, doubted, confirmed, approved by another, paid, and the fund has less by as much', async () => {
  const shop = await canteen('凤凰面馆', '爱心面')
  const resident = await person('冯秀芳')
  await shop.give(resident.memberId, 40)
  await twoLunches(shop, resident)
  const treasurer = await person('陈会计')
  await shop.owner.put(`/merchants/${shop.merchant.id}/payee`, { accountName: '双流区凤凰面馆', accountNumber: '6222020200112233445', bankName: '成都农商银行永安支行' })
  const [payee] = (await treasurer.get('/approvals?state=pending')).items.filter((a) => a.kind === 'merchant.payee')
  await treasurer.post(`/approvals/${payee.id}/decision`, { approve: true })
  const before = (await treasurer.get('/fund')).cashFen

  // The next month's first, nine in the morning.
  const here = new Date((await hostNow()) + 480 * MINUTE)
  await walk(Math.round((Date.UTC(here.getUTCFullYear(), here.getUTCMonth() + 1, 1, 9) - here.getTime()) / MINUTE))
  await wake()

  // 店主: told of it, doubts one line, confirms the rest.
  const owner = await phone({ user: shop.owner.openId })
  await owner.open('pages/messages/messages')
  await owner.page.getByText('对账单').filter({ visible: true }).first().click()
  await owner.sees('18.00')
  await owner.shot('month-statement')
  await owner.page.getByText('爱心面 1 份').filter({ visible: true }).first().click()
  await say(owner, '这一份客人没拿', '确定')
  await owner.sees('有疑问的先不算')
  await owner.button('没问题，确认').click()
  await owner.page.getByRole('button', { name: '确认', exact: true }).click()
  await owner.sees('您确认过了。有疑问的等社区答复')
  await owner.shot('month-doubted')

  // 社工: answers; nothing is to be corrected.
  const staff = await phone({ user: (await desk()).openId })
  await staff.enter('工作人员')
  await staff.page.getByRole('tab', { name: '账与公示' }).click()
  await staff.page.getByRole('link', { name: '对账单' }).click()
  await staff.page.getByText('凤凰面馆').filter({ visible: true }).first().click()
  await staff.sees('这一份客人没拿')
  await staff.button('答复').click()
  await say(staff, '小票核对过了，给过的', '确定')
  await say(staff, '0', '答复')
  await staff.sees('核对无误')

  // 财务: puts it together; another approves; to the payer; the receipt; closed.
  const money = await phone({ user: treasurer.openId })
  await money.open('packages/staff/statements/statements')
  await money.page.getByRole('checkbox', { name: '凤凰面馆' }).click()
  await money.button('编制拨付申请（1 份）').click()
  await say(money, '双流区慈善会', '编制')
  await money.sees('等另一位同事在“待办”里复核')
  await staff.open('packages/staff/todo/todo')
  await staff.button('去复核').click()
  await staff.sees('提交，由')
  await staff.shot('month-approval')
  await staff.page.getByRole('button', { name: '同意', exact: true }).click()
  await staff.sees('通过了，马上生效。')
  await money.open('packages/staff/payouts/payouts')
  await money.page.getByText('双流区慈善会').filter({ visible: true }).first().click()
  await money.button('已交给拨付单位').click()
  await money.sees('收到回单后，一家一家登记')
  await money.page.getByText('凤凰面馆').filter({ visible: true }).first().click()
  await money.page.getByRole('button', { name: '收到回单' }).click()
  await say(money, 'HD-2026-12-001', '确定')
  await money.button('结清这一批').click()
  await money.sees('已结清')
  await money.shot('month-paid')

  await owner.open('packages/merchant/statements/statements')
  await owner.sees('已结清')
  await owner.shot('month-settled')
  // The doubt was answered before the statement went to the payer: both lunches are paid.
  expect(before - (await treasurer.get('/fund')).cashFen).toBe(1800)
})

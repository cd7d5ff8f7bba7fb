// 对账单 and 拨付, as the server would tell of them: a month doesn't end while a test waits. What is shown is held against the API's description.
import { beforeAll, expect, test } from 'vitest'
import { canteen, person } from './desk.mjs'
import { looked } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'
import { like } from './records.mjs'

const ID = '0a000000-0000-7000-8000-000000000021'
const PAYOUT = '0a000000-0000-7000-8000-000000000022'

let shop, treasurer
beforeAll(async () => {
  shop = await canteen('凤凰粥铺', '爱心粥')
  treasurer = await person('陈会计')
})

const head = (more) =>
  like('ListStatementsItem', { id: ID, merchantId: shop.merchant.id, merchant: '凤凰粥铺', month: '2026-10', state: 'sent', lines: 3, captures: 312, coins: 5598, fen: 279900, finalFen: null, confirmBy: '2026-11-10', confirmedAt: null, isBySilence: false, paidAt: null, ...more })
const line = (more) => like('GetStatementLine', { kind: 'capture', seq: 41, day: '2026-10-20', number: 27, title: '爱心粥', quantity: 1, coins: 18, fenPerCoin: 50, fundSharePercent: 100, fen: 900, at: '2026-10-20T04:10:00+00:00', fromMonth: null, ...more })
const word = (more) => like('GetStatementWord', { id: '0a000000-0000-7000-8000-000000000031', isMerchant: true, text: '这一笔是两份', picture: null, at: '2026-11-02T01:00:00+00:00', ...more })
const payment = (more) =>
  like('ListPayoutsPayment', { statementId: ID, merchant: '凤凰粥铺', month: '2026-10', fen: 279900, coins: 5598, settledCoins: 0, invoice: 'missing', invoiceNumber: null, state: 'waiting', bankReference: null, paidOn: null, failReason: null, ...more })
const payout = (more) =>
  like('ListPayoutsItem', { id: PAYOUT, name: '拨付-2026-0001', payer: '双流区慈善会', state: 'submitted', fen: 279900, coins: 5598, payments: 1, preparedAt: '2026-11-06T01:00:00+00:00', approvalId: ID, approvedAt: null, submittedAt: null, endedAt: null, ...more })

/** Gives the phone a statement in doubt and a payout that waits for its receipt; what was sent is in the list that comes back. */
async function withStatement({ page }, state = {}) {
  const sent = []
  const say = (json) => (route) => route.fulfill({ json })
  const take = (json) => (route) => {
    sent.push([new URL(route.request().url()).pathname.split('/communities/1')[1], route.request().postDataJSON()])
    return route.fulfill({ json: json() })
  }
  const doubts = [like('GetStatementDoubt', { id: ID, source: 'merchant', kind: 'capture', seq: 41, coins: 18, fen: 900, state: 'open', askedAt: '2026-11-02T01:00:00+00:00', answerBy: '2026-11-05T16:00:00+00:00', answeredAt: null, correctionFen: 0, isMovedOut: true, words: [word(), word({ id: PAYOUT, isMerchant: false, text: '正在核对小票' })] })]
  const parts = [like('GetStatementPart', { kind: 'capture', version: 1, paper: '凤凰-2026-1', fenPerCoin: 50, fundSharePercent: 100, isCarried: false, lines: 312, coins: 5616, fen: 280800 }), like('GetStatementPart', { kind: 'refund', version: 1, paper: '凤凰-2026-1', fenPerCoin: 50, fundSharePercent: 100, isCarried: false, lines: 1, coins: -18, fen: -900 })]
  const days = Array.from({ length: 31 }, (_, i) => like('GetStatementBar', { day: `2026-10-${String(i + 1).padStart(2, '0')}`, captures: (i * 7) % 23, coins: 18, fen: 900 }))
  await page.route('**/statements?**', say({ items: [head(state), head({ id: PAYOUT, month: '2026-09', state: 'confirmed', finalFen: 123450 })], next: null }))
  await page.route(`**/statements/${ID}`, (route) => route.fulfill({ json: like('GetStatementResponse', { head: head(state), isSilenceConsent: true, answerWithinDays: 3, payableCoins: 5580, payableFen: 279000, ledgerCoins: 5598, parts, doubts }) }))
  await page.route(`**/statements/${ID}/lines?**`, say({ items: [line(), line({ kind: 'refund', seq: 52, coins: -18, fen: -900 }), line({ kind: 'capture', seq: 60, number: 3, fromMonth: '2026-09' })], next: null }))
  await page.route(`**/statements/${ID}/chart`, say(like('GetStatementChart', { days, items: [like('GetStatementSlice', { title: '爱心粥', quantity: 312, coins: 5616 })] })))
  await page.route(`**/statements/${ID}/confirmation`, take(() => {
    Object.assign(state, { state: 'confirmed', confirmedAt: '2026-11-03T01:00:00+00:00' })
    return { id: ID, state: 'confirmed', confirmedAt: state.confirmedAt }
  }))
  await page.route(`**/statements/${ID}/disputes`, take(() => like('DisputeLineResponse', { id: ID, answerBy: '2026-11-05T16:00:00+00:00' })))
  await page.route(`**/statements/disputes/${ID}/answer`, take(() => like('AnswerLineDisputeResponse', { id: ID, state: 'corrected', statementState: 'resolved' })))
  await page.route('**/payouts?**', say({ items: [payout()], next: null }))
  await page.route(`**/payouts/${PAYOUT}`, say(like('ListPayoutsResponse', { head: payout(), payments: [payment(), payment({ statementId: PAYOUT, merchant: '永安惠民超市', state: 'failed', failReason: '账号不对' })], papers: [] })))
  await page.route(`**/payouts/${PAYOUT}/payments`, take(() => like('RecordPaymentsResponse', { payments: [], waiting: 0 })))
  return sent
}

const say = async ({ page }, text, button) => {
  await page.getByRole('dialog').getByRole('textbox').fill(text)
  await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click()
}

test('the owner doubts a line in words, and confirms the rest with one tap', async () => {
  const owner = await phone({ user: shop.owner.openId })
  const sent = await withStatement(owner)
  await owner.enter('商家')
  await owner.page.getByRole('tab', { name: '对账' }).click()
  await owner.page.getByText('2026 年 10 月').click()
  await owner.sees('2,790.00')
  await owner.sees('11 月 10 日前确认')
  await owner.page.getByText('27 号，爱心粥 1 份').click()
  await say(owner, '少算了一份', '确定')
  await expect.poll(() => sent.at(-1)).toEqual([`/statements/${ID}/disputes`, { kind: 'capture', seq: 41, text: '少算了一份', fileId: null }])
  await owner.button('没问题，确认').click()
  await owner.page.getByRole('button', { name: '确认', exact: true }).click()
  await owner.sees('已确认')
  expect(sent.at(-1)[0]).toBe(`/statements/${ID}/confirmation`)
  expect(await owner.button('没问题，确认').count()).toBe(0)
})

test('staff answer a doubt with a correction in yuan; the treasurer enters a receipt', async () => {
  const money = await phone({ user: treasurer.openId })
  const sent = await withStatement(money)
  await money.enter('工作人员')
  await money.page.getByRole('tab', { name: '账与公示' }).click()
  await money.page.getByRole('link', { name: '对账单' }).click()
  await money.page.getByText('凤凰粥铺').first().click()
  await money.sees('这一笔是两份')
  await money.button('答复').click()
  await say(money, '小票核对过了', '确定')
  await say(money, '9', '答复')
  await expect.poll(() => sent.at(-1)).toEqual([`/statements/disputes/${ID}/answer`, { text: '小票核对过了', correctionFen: 900 }])
  await money.open(`packages/staff/payout/payout?id=${PAYOUT}`)
  await money.page.getByText('凤凰粥铺').click()
  await money.page.getByRole('button', { name: '收到回单' }).click()
  await say(money, 'HD-001', '确定')
  await expect.poll(() => sent.at(-1)?.[1]?.payments?.[0]).toMatchObject({ statementId: ID, isPaid: true, bankReference: 'HD-001' })
})

test.each(SCREENS)('statements and payouts look right on $name', async (screen) => {
  const problems = {}
  const look = async (user, names) => {
    const one = await phone({ user, screen })
    await withStatement(one)
    for (const [name, id] of names) {
      await one.open(`packages/${name}/${name.split('/')[1]}${id ? `?id=${id}` : ''}`)
      const found = await looked(one.page, Boolean(screen.font))
      if (found.length > 0) problems[name] = found
      await one.shot(`${screen.name}-${name.replace('/', '-')}`)
    }
  }
  await look(shop.owner.openId, [['merchant/statements'], ['merchant/statement', ID]])
  await look(treasurer.openId, [['staff/statements'], ['staff/statement', ID], ['staff/payouts'], ['staff/payout', PAYOUT]])
  expect(problems).toEqual({})
})

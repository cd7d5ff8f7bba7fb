import type { ListPayoutsPayment } from '../../../api/schema'
import { askText, choose, confirm } from '../../../components/ask'
import { page } from '../../../components/page'
import { yuan } from '../../../domain/amounts'
import { monthName } from '../../../domain/dates'
import { paymentStates, payoutStates } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { getMe } from '../../../services/people'
import { closePayout, getPayout, recordPaid, recordReturned, submitPayout, voidPayout } from '../../../services/statements'

const payment = (p: ListPayoutsPayment) => ({
  id: p.statementId, merchant: p.merchant, month: monthName(p.month), yuan: yuan(Number(p.fen)), state: paymentStates[p.state].text, tone: paymentStates[p.state].tone, isWaiting: p.state === 'waiting',
  note: p.bankReference ? `回单 ${p.bankReference}` : (p.failReason ?? ''),
})

/** 拨付批次: another person approves, it goes to the payer, each receipt is entered, then it is closed. */
page({
  data: {
    id: '', name: '', payer: '', state_: '', tone: '', yuan: '', hint: '', isTreasurer: false, mayEnter: false, maySubmit: false, mayClose: false, mayVoid: false, payments: [] as ReturnType<typeof payment>[],
  },
  async load({ id = '' }) {
    const [{ roles }, { head, payments }] = await Promise.all([getMe(), getPayout(id)])
    const isTreasurer = roles.includes('treasurer')
    const isWaiting = payments.some((p) => p.state === 'waiting')
    const hints = { prepared: '等另一位同事在“待办”里复核。', approved: '复核过了，可以交给拨付单位。', submitted: isWaiting ? '收到回单后，一家一家登记。' : '都登记了，可以结清。', closed: '', void: '' }
    return {
      id, name: head.name, payer: head.payer, state_: payoutStates[head.state].text, tone: payoutStates[head.state].tone, yuan: yuan(Number(head.fen)), hint: hints[head.state], isTreasurer,
      mayEnter: isTreasurer && head.state === 'submitted', maySubmit: isTreasurer && head.state === 'approved', mayClose: isTreasurer && head.state === 'submitted' && !isWaiting, mayVoid: isTreasurer && (head.state === 'prepared' || head.state === 'approved'),
      payments: payments.map(payment),
    }
  },
  async enter(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const chosen = this.data.payments.find((p) => p.id === event.currentTarget.dataset.id)!
    if (!this.data.mayEnter || !chosen.isWaiting) return
    const index = await choose(['收到回单', '被退回了'])
    if (index === undefined) return
    const said = await askText(chosen.merchant, index === 0 ? '回单号' : '退回的原因')
    if (!said) return
    const { today } = await getCommunity()
    if (await this.act(() => (index === 0 ? recordPaid(this.data.id, chosen.id, said, today) : recordReturned(this.data.id, chosen.id, said)))) await this.reload()
  },
  async submit() {
    if (await this.act(() => submitPayout(this.data.id))) await this.reload()
  },
  async close() {
    if (await this.act(() => closePayout(this.data.id))) await this.reload()
  },
  async cancel() {
    if (!(await confirm('作废这一批？', '对账单可以再编进别的批次。', '作废'))) return
    if (await this.act(() => voidPayout(this.data.id))) await this.reload()
  },
})

import type { DisputeRedemptionItem, RedemptionState } from '../../api/schema'
import { page } from '../../components/page'
import { dayOf, endTimeOf, longDay, moment, type Day } from '../../domain/dates'
import { disputeStates } from '../../domain/words'
import { getCommunity } from '../../services/community'
import { cancelHold, consent, dispute, getRedemption, listDisputes, listToCollect } from '../../services/exchange'

const HEADINGS: Record<RedemptionState, string> = { held: '给您留好了', captured: '换好了', refused: '这次没换成', cancelled: '已退回', expired: '留的时间过了' }
const LEAST_WORDS = 2

const question = (d: DisputeRedemptionItem, today: Day) => ({
  id: d.id,
  text: d.text,
  at: longDay(dayOf(d.askedAt), today),
  state: disputeStates[d.state].text,
  tone: disputeStates[d.state].tone,
  answer: d.answer ?? '社区 3 个工作日内答复。',
  back: Number(d.refundedCoins),
})

/** 取餐号: the number in huge figures while it is held, and what came of it; afterwards what isn't right can be said. */
page({
  data: {
    id: '', offerId: '', isHeld: false, isOver: false, forWhom: '', heading: '', number: 0, what: '', say: '', merchant: '', coins: 0, refunded: 0, extra: '', asks: false, canAsk: false, isAsking: false, words: '',
    questions: [] as ReturnType<typeof question>[],
  },
  async load(query) {
    const id = query['id']!
    const [{ today }, r, family] = await Promise.all([getCommunity(), getRedemption(id), listToCollect()])
    const of = family.find((f) => f.redemption.id === id)
    // Only what was taken can be disputed, and only by whose it is.
    const questions = r.state === 'captured' && !of ? await listDisputes(id).catch(() => []) : []
    const back = `${r.coins} 枚已退回，可以重新换。`
    const says: Record<RedemptionState, string> = {
      held: `${of ? '到店里' : ''}报 ${r.number} 号，${endTimeOf(r.expiresAt)} 前有效，没来自动退回。`,
      captured: `${moment(r.resolvedAt ?? r.placedAt, today)}，用了 ${r.coins} 枚。慢用。`,
      refused: `${r.reason ?? '商家给不了'}。${back}`,
      cancelled: back,
      expired: `留的时间过了，${back}`,
    }
    return {
      id: r.id,
      offerId: r.offerId,
      isHeld: r.state === 'held',
      isOver: r.state === 'expired' || r.state === 'refused' || r.state === 'cancelled',
      forWhom: of ? of.name : '',
      heading: of ? `帮${of.name}取` : r.awaitsConsent ? '等您确认' : HEADINGS[r.state],
      number: r.number,
      what: `${r.title} ${r.quantity} 份`,
      say: r.awaitsConsent && !of ? `这次要 ${r.coins} 枚，请您先确认，店员才能给。` : says[r.state],
      merchant: r.merchant,
      coins: Number(r.coins),
      refunded: Number(r.refundedCoins),
      extra: r.state === 'held' ? r.extraText : '',
      asks: r.awaitsConsent && !of,
      questions: questions.map((q) => question(q, today)),
      canAsk: r.canDispute && Number(r.refundedCoins) < Number(r.coins) && !questions.some((q) => q.state === 'open'),
    }
  },
  async giveBack() {
    const { id, coins } = this.data
    const { confirm } = await wx.showModal({ title: '不换了？', content: `${coins} 枚马上退回，这份让给别人。`, confirmText: '退回', cancelText: '再想想' })
    if (!confirm) return
    if (await this.act(() => cancelHold(id))) await this.reload()
  },
  async answer(event: WechatMiniprogram.BaseEvent<object, { yes: string }>) {
    if (await this.act(() => consent(this.data.id, Boolean(event.currentTarget.dataset.yes)))) await this.reload()
  },
  ask() {
    this.setData({ isAsking: true, refusal: '' })
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ words: event.detail.value })
  },
  async send() {
    const { id, words } = this.data
    if (words.trim().length < LEAST_WORDS) {
      this.setData({ refusal: '请写一写哪里不对，比如“没有拿到饭”。' })
      return
    }
    if (!(await this.act(() => dispute(id, words.trim())))) return
    this.setData({ isAsking: false, words: '' })
    await this.reload()
  },
})

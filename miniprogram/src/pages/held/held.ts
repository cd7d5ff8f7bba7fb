import type { RedemptionState } from '../../api/schema'
import { page } from '../../components/page'
import { endTimeOf, moment } from '../../domain/dates'
import { getCommunity } from '../../services/community'
import { cancelHold, consent, getRedemption } from '../../services/exchange'

const HEADINGS: Record<RedemptionState, string> = { held: '给您留好了', captured: '换好了', refused: '这次没换成', cancelled: '已退回', expired: '留的时间过了' }

/** 取餐号: the number in huge figures while it is held, and what came of it. */
page({
  data: { id: '', isHeld: false, heading: '', number: 0, what: '', say: '', merchant: '', coins: 0, refunded: 0, extra: '', asks: false },
  async load(query) {
    const [{ today }, r] = await Promise.all([getCommunity(), getRedemption(query['id']!)])
    const back = `${r.coins} 枚已退回，可以重新换。`
    const says: Record<RedemptionState, string> = {
      held: `报 ${r.number} 号，${endTimeOf(r.expiresAt)} 前有效，没来自动退回。`,
      captured: `${moment(r.resolvedAt ?? r.placedAt, today)}，用了 ${r.coins} 枚。慢用。`,
      refused: `${r.reason ?? '商家给不了'}。${back}`,
      cancelled: back,
      expired: back,
    }
    return {
      id: r.id,
      isHeld: r.state === 'held',
      heading: HEADINGS[r.state],
      number: r.number,
      what: `${r.title} ${r.quantity} 份`,
      say: says[r.state],
      merchant: r.merchant,
      coins: Number(r.coins),
      refunded: Number(r.refundedCoins),
      extra: r.state === 'held' ? r.extraText : '',
      asks: r.awaitsConsent,
    }
  },
  async giveBack() {
    const { id, coins } = this.data
    const { confirm } = await wx.showModal({ title: '不换了？', content: `${coins} 枚马上退回，这份让给别人。`, confirmText: '退回', cancelText: '再想想' })
    if (!confirm) return
    await this.act(() => cancelHold(id))
    await this.reload()
  },
  async answer(event: WechatMiniprogram.BaseEvent<object, { yes: string }>) {
    await this.act(() => consent(this.data.id, Boolean(event.currentTarget.dataset.yes)))
    await this.reload()
  },
})

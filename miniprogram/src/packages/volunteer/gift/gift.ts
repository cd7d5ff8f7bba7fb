import { page } from '../../../components/page'
import { daysBetween, longDay } from '../../../domain/dates'
import { getCoins } from '../../../services/coins'
import { getCommunity } from '../../../services/community'
import { getPool, giveToPool } from '../../../services/exchange'

/** Coins that end within so many days are what is proposed to be given. */
const SOON_DAYS = 45

/** 送爱心池: coins for neighbours in need; no way back, so that it is asked in one sentence. */
page({
  data: { have: 0, pool: 0, amount: 0, soon: '', given: 0 },
  async load() {
    const [{ today }, coins, pool] = await Promise.all([getCommunity(), getCoins(), getPool()])
    const first = coins.lots.find((lot) => daysBetween(today, lot.expiresOn) <= SOON_DAYS)
    const have = Number(coins.available)
    return { have, pool, amount: first ? Number(first.amount) : Math.min(1, have), soon: first ? `${first.amount} 枚 ${longDay(first.expiresOn, today)}到期。` : '' }
  },
  change(event: WechatMiniprogram.BaseEvent<object, { by: string }>) {
    this.set(this.data.amount + Number(event.currentTarget.dataset.by))
  },
  type(event: WechatMiniprogram.Input) {
    this.set(Number(event.detail.value.replace(/\D/g, '')))
  },
  set(amount: number) {
    this.setData({ amount: Math.max(0, Math.min(amount, this.data.have)), refusal: '' })
  },
  async give() {
    const { amount } = this.data
    if (amount === 0) {
      this.setData({ refusal: '请填要送几枚。' })
      return
    }
    await this.act(async () => {
      const { confirm } = await wx.showModal({ title: `送出 ${amount} 枚？`, content: '送出后不能收回，社区会给有需要的邻居。服务时长不受影响。', confirmText: '送出', cancelText: '再想想' })
      if (!confirm) return
      await giveToPool(amount)
      this.setData({ given: amount })
    })
  },
  done: () => void wx.navigateBack({}),
})

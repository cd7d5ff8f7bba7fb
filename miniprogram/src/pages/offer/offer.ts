import type { OfferView } from '../../api/schema'
import { page } from '../../components/page'
import { getCoins } from '../../services/coins'
import { getOffer, hold } from '../../services/exchange'
import { askToTell, templatesFor } from '../../services/messages'
import { pictureAt } from '../../services/pictures'

const DAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

/** How many may be taken at once: what the offer, the day and the coins allow. */
const mostOf = (o: OfferView, have: number) => Math.max(1, Math.min(o.maxQuantity, o.leftToday === null ? o.maxQuantity : Number(o.leftToday), Math.floor(have / Number(o.coins))))

/** One offer: what it is, what it takes, one button. */
page({
  data: { id: '', version: 0, title: '', merchant: '', coins: 0, have: 0, missing: 0, quantity: 1, most: 1, description: '', extra: '', picture: '', facts: [] as string[], templates: [] as string[], until: '' },
  async load(query) {
    const [offer, coins, templates] = await Promise.all([getOffer(query['id']!), getCoins(), templatesFor('hold').catch(() => [])])
    const limits = [offer.perPersonDay && `每人每天 ${offer.perPersonDay} 份`, offer.perPersonWeek && `每人每周 ${offer.perPersonWeek} 份`, offer.perPersonMonth && `每人每月 ${offer.perPersonMonth} 份`].filter(Boolean)
    const isAllDay = offer.from === offer.to
    const days = offer.weekdays.length === 7 ? '每天' : offer.weekdays.map((d) => DAYS[d % 7]).join('、')
    return {
      id: offer.id,
      version: offer.version,
      title: offer.title,
      merchant: offer.merchantName,
      coins: Number(offer.coins),
      have: Number(coins.available),
      missing: Number(offer.coins) - Number(coins.available),
      most: mostOf(offer, Number(coins.available)),
      description: offer.description,
      extra: offer.extraText,
      picture: offer.picture ? pictureAt(offer.picture.url) : '',
      facts: [isAllDay ? days : `${days} ${offer.from.slice(0, 5)}–${offer.to.slice(0, 5)}`, ...(offer.leftToday === null ? [] : [offer.leftToday > 0 ? `今天还有 ${offer.leftToday} 份` : '今天换完了，明天再来']), ...(limits as string[])],
      until: isAllDay ? '半夜 12 点' : offer.to.slice(0, 5),
      templates,
    }
  },
  change(event: WechatMiniprogram.BaseEvent<object, { by: string }>) {
    const quantity = this.data.quantity + Number(event.currentTarget.dataset.by)
    if (quantity >= 1 && quantity <= this.data.most) this.setData({ quantity, refusal: '' })
  },
  async hold() {
    const { id, version, title, until, templates, quantity } = this.data
    const coins = this.data.coins * quantity
    await this.act(async () => {
      await askToTell(templates)
      const { confirm } = await wx.showModal({ title: `换 ${quantity} 份${title}？`, content: `先留着 ${coins} 枚，今天 ${until} 前去取。没来自动退回。`, confirmText: '换', cancelText: '再想想' })
      if (!confirm) return
      const held = await hold(id, version, quantity)
      void wx.redirectTo({ url: `/pages/held/held?id=${held.id}` })
    })
  },
})

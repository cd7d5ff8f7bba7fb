import { origin } from '../../config'
import { page } from '../../components/page'
import { getCoins } from '../../services/coins'
import { getOffer, hold } from '../../services/exchange'
import { askToTell, templatesFor } from '../../services/messages'

const DAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

/** One offer: what it is, what it takes, one button. */
page({
  data: { id: '', version: 0, title: '', merchant: '', coins: 0, have: 0, missing: 0, description: '', extra: '', picture: '', facts: [] as string[], templates: [] as string[], until: '' },
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
      description: offer.description,
      extra: offer.extraText,
      picture: offer.picture ? origin + offer.picture.url : '',
      facts: [isAllDay ? days : `${days} ${offer.from.slice(0, 5)}–${offer.to.slice(0, 5)}`, ...(offer.leftToday === null ? [] : [offer.leftToday > 0 ? `今天还有 ${offer.leftToday} 份` : '今天换完了，明天再来']), ...(limits as string[])],
      until: isAllDay ? '半夜 12 点' : offer.to.slice(0, 5),
      templates,
    }
  },
  async hold() {
    const { id, version, coins, title, until, templates } = this.data
    await this.act(async () => {
      await askToTell(templates)
      const { confirm } = await wx.showModal({ title: `换 1 份${title}？`, content: `先留着 ${coins} 枚，今天 ${until} 前去取。没来自动退回。`, confirmText: '换', cancelText: '再想想' })
      if (!confirm) return
      const held = await hold(id, version, 1)
      void wx.redirectTo({ url: `/pages/held/held?id=${held.id}` })
    })
  },
})

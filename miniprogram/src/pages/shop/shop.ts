import type { OfferView } from '../../api/schema'
import { go, page } from '../../components/page'
import { getCoins } from '../../services/coins'
import { holdAtTill, listShopOffers } from '../../services/exchange'

const view = (o: OfferView, have: number) => ({
  id: o.id,
  version: o.version,
  title: o.title,
  coins: Number(o.coins),
  missing: Math.max(0, Number(o.coins) - have),
  isOut: o.leftToday !== null && Number(o.leftToday) === 0,
  note: o.extraText || o.description,
})
type Item = ReturnType<typeof view>

/** In the shop, by the code at the till: one offer is chosen already, one tap takes it. */
page({
  data: { merchant: '', have: 0, offers: [] as Item[], chosen: null as Item | null },
  async load(query) {
    const [coins, offers] = await Promise.all([getCoins(), listShopOffers(query['id']!)])
    const have = Number(coins.available)
    const items = offers.map((o) => view(o, have))
    return { merchant: offers[0]?.merchantName ?? '', have, offers: items, chosen: items[0] ?? null }
  },
  choose(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    this.setData({ chosen: this.data.offers.find((o) => o.id === event.currentTarget.dataset.id)!, refusal: '' })
  },
  async take() {
    const { chosen } = this.data
    await this.act(async () => {
      const held = await holdAtTill(chosen!.id, chosen!.version, 1)
      void wx.redirectTo({ url: `/pages/held/held?id=${held.id}` })
    })
  },
  browse: () => go('/pages/exchange/exchange'),
})

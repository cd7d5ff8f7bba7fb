import type { MyRedemptionsItem, OfferView } from '../../api/schema'
import { page } from '../../components/page'
import { endTimeOf } from '../../domain/dates'
import { getCoins } from '../../services/coins'
import { listOffers, listRedemptions, listToCollect } from '../../services/exchange'

interface Shop {
  id: string
  name: string
  offers: { id: string; title: string; coins: number; note: string; short: boolean }[]
}

/** Offers by merchant, in the order in which they come. */
function shops(offers: readonly OfferView[], coins: number): Shop[] {
  const found = new Map<string, Shop>()
  for (const o of offers) {
    const shop = found.get(o.merchantId) ?? { id: o.merchantId, name: o.merchantName, offers: [] }
    const missing = Number(o.coins) - coins
    shop.offers.push({ id: o.id, title: o.title, coins: Number(o.coins), short: missing > 0, note: missing > 0 ? `还差 ${missing} 枚` : o.leftToday === null ? o.extraText || o.description : o.leftToday > 0 ? `今天还有 ${o.leftToday} 份` : '今天换完了，明天再来' })
    found.set(o.merchantId, shop)
  }
  return [...found.values()]
}

const heldView = (r: MyRedemptionsItem, whose: string) => ({ id: r.id, title: r.title, quantity: r.quantity, number: r.number, until: `${whose}${r.merchant}，${endTimeOf(r.expiresAt)} 前有效` })

/** 兑换: what is held first, also what is to be collected for family, then what can be exchanged, by merchant. */
page({
  data: { coins: 0, held: [] as { id: string; title: string; quantity: number; number: number; until: string }[], offers: [] as OfferView[], merchants: [] as Shop[], cursor: null as string | null },
  async load() {
    const [coins, offers, mine, family] = await Promise.all([getCoins(), listOffers(), listRedemptions(), listToCollect()])
    return {
      coins: Number(coins.available),
      held: [
        ...mine.items.filter((r) => r.state === 'held').map((r) => heldView(r, '')),
        ...family.map((f) => heldView(f.redemption, `帮${f.name}取，`)),
      ],
      offers: offers.items,
      merchants: shops(offers.items, Number(coins.available)),
      cursor: offers.next,
    }
  },
  async more() {
    const { cursor } = this.data
    if (!cursor) return
    await this.act(async () => {
      const { items, next } = await listOffers(cursor)
      const offers = [...this.data.offers, ...items]
      this.setData({ offers, merchants: shops(offers, this.data.coins), cursor: next })
    })
  },
})

import type { ListOffersOwnItem, OfferState } from '../../../api/schema'
import { choose, confirm } from '../../../components/ask'
import { go, page } from '../../../components/page'
import { listJobs, listOwnOffers, setOfferState } from '../../../services/till'

const states: Record<OfferState, { text: string; tone: string }> = { proposed: { text: '等社区同意', tone: 'held' }, active: { text: '可以换', tone: 'done' }, paused: { text: '暂停了', tone: 'expired' }, ended: { text: '结束了', tone: 'expired' } }

const view = (o: ListOffersOwnItem) => ({
  id: o.id, title: o.now?.title ?? o.latest.title, coins: Number(o.now?.coins ?? o.latest.coins), kind: o.state, state: states[o.state].text, tone: states[o.state].tone,
  left: o.now && o.now.leftToday !== null ? `今天还有 ${o.now.leftToday} 份` : o.now ? '不限份数' : '',
  change: o.now && !o.latest.approvedAt ? '改动等社区同意' : '',
})

/** 项目: what can be exchanged here; new ones and changes go to the community first. */
page({
  data: { merchant: '', isOwner: false, offers: [] as ReturnType<typeof view>[] },
  async load() {
    const { chosen } = await listJobs()
    if (!chosen) return { merchant: '' }
    return { merchant: chosen.merchantId, isOwner: chosen.post === 'owner', offers: (await listOwnOffers(chosen.merchantId)).map(view) }
  },
  add: () => go('/packages/merchant/offer/offer'),
  shop: () => go('/packages/merchant/shop/shop'),
  async more(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const offer = this.data.offers.find((o) => o.id === event.currentTarget.dataset.id)!
    const deeds = !this.data.isOwner || offer.kind === 'ended' ? [] : offer.kind === 'active' ? ['暂停', '修改', '结束'] : offer.kind === 'paused' ? ['恢复', '修改', '结束'] : ['修改']
    const index = deeds.length > 0 ? await choose(deeds) : undefined
    if (index === undefined) return
    if (deeds[index] === '修改') return go(`/packages/merchant/offer/offer?id=${offer.id}`)
    const next: OfferState = deeds[index] === '暂停' ? 'paused' : deeds[index] === '恢复' ? 'active' : 'ended'
    if (next === 'ended' && !(await confirm('结束这个项目？', '结束后居民不能再换，也不能恢复。留着的照常给。', '结束'))) return
    await this.act(() => setOfferState(this.data.merchant, offer.id, next))
    await this.reload()
  },
})

import type { TillItem } from '../../../api/schema'
import { askText, choose } from '../../../components/ask'
import { page } from '../../../components/page'
import { moment } from '../../../domain/dates'
import { redemptionStates } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { chooseMerchant, getTillDay, listJobs, listTill, refund } from '../../../services/till'

const view = (t: TillItem, today: string) => {
  const back = Number(t.refundedCoins)
  const isBack = back > 0 && back === Number(t.coins)
  return {
    id: t.id, number: t.number, title: `${t.title} ${t.quantity} 份`, when: moment(t.resolvedAt ?? t.placedAt, today), left: Number(t.coins) - back,
    state: isBack ? '已退回' : redemptionStates[t.state].text, tone: isBack ? 'returned' : redemptionStates[t.state].tone, mayGoBack: t.state === 'captured' && !isBack,
  }
}

/** 今天: how many portions, how many coins, each number; what was given by mistake goes back. */
page({
  data: { merchant: '', name: '', several: false, given: 0, held: 0, coins: 0, offers: [] as { id: string; title: string; given: number; held: number }[], lines: [] as ReturnType<typeof view>[], next: '' },
  async load() {
    const { jobs, chosen } = await listJobs()
    if (!chosen) return { merchant: '' }
    const [{ today }, day, till] = await Promise.all([getCommunity(), getTillDay(chosen.merchantId), listTill(chosen.merchantId)])
    return {
      merchant: chosen.merchantId, name: chosen.name, several: jobs.length > 1, given: day.given, held: day.held, coins: Number(day.coins),
      offers: day.offers.map((o) => ({ id: o.offerId, title: o.title, given: o.given, held: o.held })), lines: till.items.map((t) => view(t, today)).reverse(), next: till.next ?? '',
    }
  },
  async other() {
    const { jobs } = await listJobs()
    const index = await choose(jobs.map((j) => j.name))
    if (index === undefined) return
    chooseMerchant(jobs[index]!.merchantId)
    await this.reload()
  },
  async goBack(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const line = this.data.lines.find((l) => l.id === event.currentTarget.dataset.id)!
    if (!line.mayGoBack) return
    const reason = await askText(`退回 ${line.number} 号，${line.left} 枚`, '写明原因，居民会看到')
    if (reason && (await this.act(() => refund(this.data.merchant, line.id, line.left, reason)))) await this.reload()
  },
  async moreLines() {
    await this.act(async () => {
      const [{ today }, more] = await Promise.all([getCommunity(), listTill(this.data.merchant, undefined, this.data.next)])
      this.setData({ lines: [...more.items.map((t) => view(t, today)).reverse(), ...this.data.lines], next: more.next ?? '' })
    })
  },
})

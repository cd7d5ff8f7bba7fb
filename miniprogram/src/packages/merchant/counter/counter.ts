import { Problem } from '../../../api/problem'
import { askText, choose } from '../../../components/ask'
import { page } from '../../../components/page'
import { codeIn } from '../../../domain/codes'
import { endTimeOf } from '../../../domain/dates'
import { doneOf, say } from '../../../services/sound'
import { becomeClerk, chooseMerchant, extendTill, getNumber, getTillDay, keepWaiting, listJobs, listOwnOffers, listTill, markTill, pin, settle, undo, waitingDeed, type Deed } from '../../../services/till'
import { Watch } from '../../../services/watch'
import { cardOf, NO_CARD, SLOW, type Card } from './result'

/** A look at the numbers, milliseconds; none while something is under way. */
const LOOK = 4000
/** The server is told so often that the counter is open (it believes it for five minutes). */
const MARK = 120_000
/** After this long without an answer the clerk is told that it is slow. */
const SLOW_AFTER = 2000
const ASK_AGAIN = 2000
const UNDO_SECONDS = 10
/** The next scan opens so long after a result, so that it can be seen. */
const NEXT_SCAN = 900
/** Without network for longer than this, what is held is held longer. */
const AWAY = 60_000

interface Offer {
  id: string
  version: number
  title: string
  coins: number
  left: string
}

let [watch, marks]: (Watch | undefined)[] = []
let undoing: ReturnType<typeof setInterval> | undefined
/** Counts the counters of this run: what goes on for one that was left ends. */
let life = 0
let awaySince = 0

/** 柜台: one scan, or one tap, and one request; huge figures; spoken; two clerks may work at once. */
page({
  data: {
    merchant: '', name: '', code: '', isRush: false, offer: null as Offer | null, offers: [] as Offer[], goesOn: true, given: 0, held: 0, card: NO_CARD as Card,
    lines: [] as { id: string; number: number; what: string; quantity: string; title: string; until: string; asks: boolean }[],
  },
  async load(query) {
    // A notice names its merchant.
    if (query['merchant']) chooseMerchant(query['merchant'])
    const { chosen } = await listJobs()
    // Nobody's clerk yet: an invitation's code may be there already, scanned on 首页.
    if (!chosen) return { merchant: '', ...(query['code'] && { code: query['code'] }) }
    void wx.setNavigationBarTitle({ title: `${chosen.name} · 柜台` })
    const [own, till, day] = await Promise.all([listOwnOffers(chosen.merchantId), listTill(chosen.merchantId, 'held'), getTillDay(chosen.merchantId)])
    const active = own.filter((o) => o.state === 'active' && o.now)
    const pinned = active.find((o) => o.isPinned)
    const offers = active.map((o) => ({ id: o.id, version: o.now!.version, title: o.now!.title, coins: Number(o.now!.coins), left: o.now!.leftToday === null ? '' : `，还有 ${o.now!.leftToday} 份` }))
    return {
      merchant: chosen.merchantId, name: chosen.name, isRush: Boolean(pinned), offers, offer: offers.find((o) => o.id === pinned?.id) ?? offers[0] ?? null,
      goesOn: wx.getStorageSync('till-goes-on') !== false, ...linesOf(till.items), given: day.given, held: day.held,
    }
  },
  shown() {
    for (const one of [watch, marks]) one?.stop()
    watch = new Watch(LOOK, () => this.look())
    marks = new Watch(MARK, () => markTill(true).catch(() => {}))
    watch.start()
    marks.start()
    void wx.setKeepScreenOn({ keepScreenOn: true })
    void markTill(true).catch(() => {})
    const waiting = waitingDeed()
    if (waiting) void this.settle(waiting)
  },
  onHide() {
    this.shut()
  },
  onUnload() {
    life++
    if (undoing !== undefined) clearInterval(undoing)
    this.shut()
  },
  shut() {
    watch?.stop()
    marks?.stop()
    void wx.setKeepScreenOn({ keepScreenOn: false })
    void markTill(false).catch(() => {})
  },
  /** The numbers anew, and whether the resident agreed. */
  async look() {
    const { merchant, busy, card } = this.data
    if (!merchant || busy) return
    try {
      const [till, day] = await Promise.all([listTill(merchant, 'held'), getTillDay(merchant)])
      if (awaySince > 0 && Date.now() - awaySince > AWAY) await extendTill(merchant)
      awaySince = 0
      if (this.data.busy) return
      this.setData({ ...linesOf(till.items), given: day.given, held: day.held, problem: '' })
      if (card.kind === 'asks') {
        const now = await getNumber(merchant, card.number)
        if (!now.awaitsMember) this.setData({ card: cardOf({ ...now, coins: Number(now.coins) }, day.given, 0) })
      }
    } catch (error) {
      if (awaySince === 0) awaySince = Date.now()
      this.setData({ problem: Problem.of(error).code === 'client.no_network' ? '没有网络。留着的号先给，记下号码，有网了再点【已给】。' : Problem.of(error).title })
    }
  },
  /** The clerk's one button. In rush mode a scan is the whole exchange. */
  async scan() {
    const born = life
    for (;;) {
      const result = await wx.scanCode({ onlyFromCamera: true }).then((r) => r.result, () => undefined)
      if (result === undefined) return
      const isGood = await this.scanned(result)
      if (!isGood || !this.data.goesOn || !this.data.isRush || life !== born) return
      await new Promise((done) => setTimeout(done, NEXT_SCAN))
    }
  },
  async scanned(result: string) {
    const { merchant, offer, isRush } = this.data
    const code = codeIn(result)
    if (!offer) return this.refuse('还没有可以换的项目，请先在“项目”里提交。')
    if (code?.startsWith('my.till.')) return this.settle({ kind: 'scan', merchant, code: result, offerId: isRush ? null : offer.id, version: isRush ? null : offer.version })
    if (code) return this.refuse('这不是给商家的码。请居民打开首页的“我的码”，选“给商家扫”。')
    const witness = await askText('用卡要有见证人', '见证人的志愿者编号')
    return witness ? this.settle({ kind: 'card', merchant, code: result.trim(), witness, offerId: offer.id, version: offer.version }) : false
  },
  /** Does it, and asks until it is known what came of it. Whether it was done. */
  async settle(deed: Deed): Promise<boolean> {
    if (this.data.busy) return false
    const born = life
    this.setData({ busy: true, refusal: '' })
    keepWaiting(deed)
    const slow = setTimeout(() => {
      this.setData({ card: SLOW })
      say('slow')
    }, SLOW_AFTER)
    try {
      for (;;)
        try {
          const done = await settle(deed)
          this.show(cardOf(done, this.data.given + (done.state === 'captured' ? done.quantity : 0), UNDO_SECONDS))
          this.setData({ lines: this.data.lines.filter((l) => l.id !== done.id), given: this.data.given + (done.state === 'captured' ? done.quantity : 0) })
          return done.state === 'captured' || done.state === 'held'
        } catch (error) {
          const problem = Problem.of(error)
          if (!problem.isUnknown && problem.code !== 'client.no_network') return this.refuse(problem.title)
          if (life !== born) return false
          await new Promise((again) => setTimeout(again, ASK_AGAIN))
        } finally {
          clearTimeout(slow)
        }
    } finally {
      if (life === born) keepWaiting(undefined)
      this.setData({ busy: false })
    }
  },
  show(card: Card) {
    if (undoing !== undefined) clearInterval(undoing)
    this.setData({ card })
    if (card.kind === 'done') say(doneOf(card.quantity))
    void wx.vibrateShort({ type: 'medium' })
    if (card.left === 0) return
    undoing = setInterval(() => {
      const left = this.data.card.left - 1
      if (left <= 0 && undoing !== undefined) clearInterval(undoing)
      this.setData({ 'card.left': Math.max(left, 0) } as never)
    }, 1000)
  },
  refuse(sentence: string) {
    this.setData({ card: { ...NO_CARD, kind: 'refused', title: '没有换成', say: sentence } })
    say('refused')
    return false
  },
  async undo() {
    const { merchant, card } = this.data
    if (!(await this.act(() => undo(merchant, card.id)))) return
    this.show({ ...NO_CARD, kind: 'undone', title: '撤销了', say: `${card.number} 号的币已退回。` })
    this.setData({ given: Math.max(this.data.given - card.quantity, 0) })
    say('undone')
  },
  /** 已给: one tap, one request. */
  give(event: WechatMiniprogram.BaseEvent<object, { id: string; title: string }>) {
    const { id, title } = event.currentTarget.dataset
    return this.settle({ kind: 'give', merchant: this.data.merchant, id, what: title })
  },
  /** 给不了: asks once, why. */
  async cannot(event: WechatMiniprogram.BaseEvent<object, { id: string; title: string }>) {
    const { id, title } = event.currentTarget.dataset
    const reasons = ['卖完了', '今天来不及做', '居民不要了']
    const index = await choose(reasons)
    if (index !== undefined) await this.settle({ kind: 'refuse', merchant: this.data.merchant, id, what: title, reason: reasons[index]! })
  },
  async flip() {
    const { merchant, offer, isRush } = this.data
    if (offer && (await this.act(() => pin(merchant, isRush ? null : offer.id)))) this.setData({ isRush: !isRush })
  },
  async pick(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const { merchant, isRush, offers } = this.data
    const offer = offers.find((o) => o.id === event.currentTarget.dataset.id)!
    if (!isRush || (await this.act(() => pin(merchant, offer.id)))) this.setData({ offer })
  },
  goOn() {
    wx.setStorageSync('till-goes-on', !this.data.goesOn)
    this.setData({ goesOn: !this.data.goesOn })
  },
  typeCode(event: WechatMiniprogram.Input) {
    this.setData({ code: event.detail.value })
  },
  async join() {
    if (await this.act(() => becomeClerk(this.data.code.trim()))) await this.reload()
  },
})

function linesOf(items: Awaited<ReturnType<typeof listTill>>['items']) {
  return { lines: items.map((t) => ({ id: t.id, number: t.number, what: t.title, quantity: `${t.quantity} 份`, title: t.title, until: `${endTimeOf(t.expiresAt)}前`, asks: t.awaitsMember })) }
}

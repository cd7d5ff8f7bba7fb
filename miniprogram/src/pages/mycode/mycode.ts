import { community } from '../../config'
import { page } from '../../components/page'
import { personalCode, stepAt, type DeviceSecret, type Purpose } from '../../domain/codes'
import { getCoins } from '../../services/coins'
import { latestRedemption } from '../../services/exchange'
import { deviceSecret, serverTime, setClock } from '../../services/device'

const TICK = 250
/** How often the till's answer is asked for while the code is shown. */
const LISTEN = 3_000
/** What was there before isn't known: there was no network. */
const UNKNOWN = '?'
let timer: ReturnType<typeof setInterval> | undefined
let listener: ReturnType<typeof setInterval> | undefined
let device: DeviceSecret | undefined

/** 我的码: changes every 30 seconds and needs no network. */
page({
  data: { purpose: 'till' as Purpose, code: '', left: 100, seen: '', news: '', newsId: '', asks: false },
  async load() {
    device = await deviceSecret()
    await setClock().catch(() => {})
    return { seen: await latestRedemption().then((last) => (last ? last.id + last.state : ''), () => UNKNOWN) }
  },
  onReady() {
    timer = setInterval(() => this.draw(), TICK)
    listener = setInterval(() => void this.listen(), LISTEN)
  },
  onUnload() {
    if (timer !== undefined) clearInterval(timer)
    if (listener !== undefined) clearInterval(listener)
  },
  /** What the clerk did is seen here too; without network the message comes later. */
  async listen() {
    if (this.data.purpose !== 'till' || this.data.state !== 'ready') return
    const last = await latestRedemption().catch(() => undefined)
    if (!last || last.id + last.state === this.data.seen) return
    const seen = last.id + last.state
    if (this.data.seen === UNKNOWN) this.setData({ seen })
    else if (last.awaitsConsent) this.setData({ seen, news: `${last.title} ${last.quantity} 份，要 ${last.coins} 枚，等您确认。`, newsId: last.id, asks: true })
    else if (last.state === 'captured') this.setData({ seen, news: `换好了！用了 ${last.coins} 枚，还有 ${(await getCoins()).available} 枚。慢用。`, newsId: last.id, asks: false })
  },
  draw() {
    if (!device) return
    const now = serverTime()
    const step = stepAt(now, device.stepSeconds)
    const code = personalCode(device, this.data.purpose, community, step)
    const left = Math.round(100 - ((now / 10 / device.stepSeconds) % 100))
    this.setData(code === this.data.code ? { left } : { code, left })
  },
  choose(event: WechatMiniprogram.BaseEvent<object, { purpose: Purpose }>) {
    this.setData({ purpose: event.currentTarget.dataset.purpose })
    this.draw()
  },
})

import { community } from '../../config'
import { page } from '../../components/page'
import { personalCode, stepAt, type DeviceSecret, type Purpose } from '../../domain/codes'
import { deviceSecret, serverTime, setClock } from '../../services/device'

const TICK = 250
let timer: ReturnType<typeof setInterval> | undefined
let device: DeviceSecret | undefined

/** 我的码: changes every 30 seconds and needs no network. */
page({
  data: { purpose: 'till' as Purpose, code: '', left: 100 },
  async load() {
    device = await deviceSecret()
    await setClock().catch(() => {})
    return {}
  },
  onReady() {
    timer = setInterval(() => this.draw(), TICK)
  },
  onUnload() {
    if (timer !== undefined) clearInterval(timer)
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

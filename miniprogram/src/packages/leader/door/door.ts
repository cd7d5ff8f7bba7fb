import type { DoorKey } from '../../../domain/codes'
import { go, page } from '../../../components/page'
import { doorCode, stepAt } from '../../../domain/codes'
import { dayOf, nearDay, span, timeOf } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import { serverTime, setClock } from '../../../services/device'
import { doorKey, watchDoor } from '../../../services/door'
import { Watch } from '../../../services/watch'
import { choose, ledShifts } from '../led'

const TICK = 250
/** A look at the door, milliseconds: unchanged it costs the server four counts. */
const LOOK = 4000
const BRIGHT = 1

let key: DoorKey | undefined
let timer: ReturnType<typeof setInterval> | undefined
let watch: Watch | undefined
let tag: string | undefined
let brightness = 0.5

/** 签到码: full-screen, changes by itself, needs no network; the screen stays on and bright. */
page({
  data: { id: '', title: '', where: '', code: '', left: 100, there: 0, gone: 0, expected: 0, news: '' },
  async load(query) {
    const id = query['id']!
    key = await doorKey(id)
    choose(id)
    await setClock().catch(() => {})
    const known = wx.getStorageSync(`door-shift:${id}`) as { title: string; where: string } | ''
    const about = await facts(id).catch(() => known || { title: '', where: '' })
    wx.setStorageSync(`door-shift:${id}`, about)
    return { id, ...about }
  },
  onReady() {
    timer = setInterval(() => this.draw(), TICK)
  },
  shown() {
    tag = undefined
    watch?.stop()
    watch = new Watch(LOOK, () => this.look())
    void this.brighten()
  },
  onHide() {
    this.dim()
  },
  onUnload() {
    if (timer !== undefined) clearInterval(timer)
    key = undefined
    this.dim()
  },
  async brighten() {
    brightness = (await wx.getScreenBrightness()).value
    await wx.setKeepScreenOn({ keepScreenOn: true })
    await wx.setScreenBrightness({ value: BRIGHT })
    watch?.start()
    await this.look()
  },
  dim() {
    watch?.stop()
    void wx.setKeepScreenOn({ keepScreenOn: false })
    void wx.setScreenBrightness({ value: brightness })
  },
  draw() {
    if (!key || this.data.state !== 'ready') return
    const now = serverTime()
    const code = doorCode(key, stepAt(now, key.stepSeconds))
    const left = Math.round(100 - ((now / 10 / key.stepSeconds) % 100))
    this.setData(code === this.data.code ? { left } : { code, left })
  },
  async look() {
    try {
      const changed = await watchDoor(this.query['id']!, tag)
      if (!changed) return
      tag = changed.tag
      const { there, gone, expected, lines } = changed.answer
      const last = lines.items.flatMap((l) => (l.checkedInAt ? [l.checkedInAt] : [])).sort().at(-1)
      this.setData({ there, gone, expected, news: last ? `刚刚 ${timeOf(last)}` : '' })
    } catch {
      // Without network the code goes on; the next look tries again.
    }
  },
  roster() {
    void wx.redirectTo({ url: '/packages/leader/roster/roster' })
  },
  help: () => go('/packages/leader/roster/roster?help=1'),
})

async function facts(id: string) {
  const { today } = await getCommunity()
  const shift = (await ledShifts(today, id)).shifts.find((s) => s.id === id)
  return shift ? { title: shift.title, where: `${nearDay(dayOf(shift.startsAt), today)} ${span(shift.startsAt, shift.endsAt)}，${shift.address}` } : { title: '', where: '' }
}

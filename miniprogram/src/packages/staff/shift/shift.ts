import type { ApproveSecondItem } from '../../../api/schema'
import { page } from '../../../components/page'
import { hours } from '../../../domain/amounts'
import { dayOf, nearDay, timeOf } from '../../../domain/dates'
import { ON } from '../../../domain/fields'
import { approveSecond, listSecond } from '../../../services/approvals'
import { getCommunity } from '../../../services/community'

const view = (s: ApproveSecondItem) => ({ id: s.attendanceId, name: s.name, hours: hours(s.minutes), reason: s.reason ?? '', firstBy: s.firstBy, on: true })

/** 补录复核: the second of two people looks at hours that rest on an entry alone. Coins by choice. */
page({
  data: { activity: '', when: '', lines: [] as ReturnType<typeof view>[], withCoins: '', count: 0, done: '', gone: false },
  async load(query) {
    const [{ today }, second] = await Promise.all([getCommunity(), listSecond()])
    const items = second.items.filter((s) => s.shiftId === query['id'])
    const first = items[0]
    return { gone: !first, activity: first?.activity ?? '', when: first ? `${nearDay(dayOf(first.startsAt), today)} ${timeOf(first.startsAt)}` : '', lines: items.map(view), count: items.length }
  },
  tick(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const lines = this.data.lines.map((l) => (l.id === event.currentTarget.dataset.id ? { ...l, on: !l.on } : l))
    this.setData({ lines, count: lines.filter((l) => l.on).length })
  },
  coins() {
    this.setData({ withCoins: this.data.withCoins ? '' : ON })
  },
  async approve() {
    const ids = this.data.lines.filter((l) => l.on).map((l) => l.id)
    await this.act(async () => {
      const done = await approveSecond(this.query['id']!, ids, Boolean(this.data.withCoins))
      this.setData({ done: `记好了：${done.recorded} 人，${hours(done.minutes)} 小时${done.coins ? `，${done.coins} 枚` : ''}。` })
    })
  },
  back: () => void (getCurrentPages().length > 1 ? wx.navigateBack({}) : wx.redirectTo({ url: '/packages/staff/todo/todo' })),
})

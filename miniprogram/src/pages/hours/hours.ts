import type { RecordItem } from '../../api/schema'
import { page } from '../../components/page'
import { hours } from '../../domain/amounts'
import { longDay, span, type Day } from '../../domain/dates'
import { getHours, listRecords } from '../../services/coins'
import { getCommunity } from '../../services/community'
import { getMembership, listChildren } from '../../services/people'

const view = (r: RecordItem, today: Day) => ({ id: r.recordId, activity: r.activityName, when: `${longDay(r.day, today)} ${span(r.startAt, r.endAt)}`, place: r.place, by: `${r.personInCharge}负责`, hours: hours(r.minutes), note: r.ending === 'voided' ? '已作废' : '' })

/** 服务时长: hours by year and every record, one's own or a child's. */
page({
  data: {
    hours: '0', today: '', years: [] as { year: number; hours: string; records: number }[], records: [] as ReturnType<typeof view>[], cursor: null as string | null,
    people: [] as { id: string; name: string }[], who: '',
  },
  async load(query) {
    const who = query['who'] ?? ''
    const [{ today }, membership, children, given, records] = await Promise.all([getCommunity(), getMembership(), listChildren(), getHours(who || undefined), listRecords(undefined, who || undefined)])
    return {
      today,
      who,
      people: children.length > 0 ? [{ id: '', name: membership.displayName }, ...children.map((c) => ({ id: c.memberId, name: c.name }))] : [],
      hours: hours(given.minutes),
      years: given.years.map((y) => ({ year: y.number, hours: hours(y.minutes), records: y.records })),
      records: records.items.map((r) => view(r, today)),
      cursor: records.next,
    }
  },
  async choose(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    this.query = { who: event.currentTarget.dataset.id }
    await this.reload()
  },
  async more() {
    const { cursor, who } = this.data
    if (!cursor) return
    await this.act(async () => {
      const { items, next } = await listRecords(cursor, who || undefined)
      this.setData({ records: [...this.data.records, ...items.map((r) => view(r, this.data.today))], cursor: next })
    })
  },
})

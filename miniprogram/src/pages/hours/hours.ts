import type { RecordItem } from '../../api/schema'
import { page } from '../../components/page'
import { hours } from '../../domain/amounts'
import { longDay, span, type Day } from '../../domain/dates'
import { getHours, listRecords } from '../../services/coins'
import { getCommunity } from '../../services/community'

const view = (r: RecordItem, today: Day) => ({ id: r.recordId, activity: r.activityName, when: `${longDay(r.day, today)} ${span(r.startAt, r.endAt)}`, place: r.place, by: `${r.personInCharge}负责`, hours: hours(r.minutes) })

/** 服务时长: hours by year and every record. */
page({
  data: { hours: '0', today: '', years: [] as { year: number; hours: string; records: number }[], records: [] as ReturnType<typeof view>[], cursor: null as string | null },
  async load() {
    const [{ today }, given, records] = await Promise.all([getCommunity(), getHours(), listRecords()])
    return {
      today,
      hours: hours(given.minutes),
      years: given.years.map((y) => ({ year: y.number, hours: hours(y.minutes), records: y.records })),
      records: records.items.map((r) => view(r, today)),
      cursor: records.next,
    }
  },
  async more() {
    const { cursor } = this.data
    if (!cursor) return
    await this.act(async () => {
      const { items, next } = await listRecords(cursor)
      this.setData({ records: [...this.data.records, ...items.map((r) => view(r, this.data.today))], cursor: next })
    })
  },
})

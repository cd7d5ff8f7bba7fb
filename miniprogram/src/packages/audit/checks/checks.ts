import type { ListSpotChecksItem } from '../../../api/schema'
import { choose } from '../../../components/ask'
import { go, page } from '../../../components/page'
import { moment, monthName, monthsBack, type Day } from '../../../domain/dates'
import { tailOf } from '../../../domain/ids'
import { drawSpotCheck, listSpotChecks } from '../../../services/audit'
import { getCommunity } from '../../../services/community'

/** Months that may be drawn from, the present one included. */
const MONTHS = 12

const view = (c: ListSpotChecksItem, today: Day) => ({ id: c.id, title: `${monthName(c.month)}，${c.count} 笔`, when: `${moment(c.drawnAt, today)}，抽的人${tailOf(c.drawnBy)}` })

/** 抽查: draws ten at random, and every draw that was made. Nobody picks, and no draw goes away. */
page({
  data: { items: [] as ReturnType<typeof view>[], next: '' },
  async load() {
    const [{ today }, found] = await Promise.all([getCommunity(), listSpotChecks()])
    return { items: found.items.map((c) => view(c, today)), next: found.next ?? '' }
  },
  async draw() {
    const { today } = await getCommunity()
    const months = monthsBack(today, MONTHS)
    const index = await choose(months.map(monthName))
    if (index === undefined) return
    await this.act(async () => go(`/packages/audit/draw/draw?id=${(await drawSpotCheck(months[index]!)).id}`))
  },
  async more() {
    await this.act(async () => {
      const [{ today }, found] = await Promise.all([getCommunity(), listSpotChecks(this.data.next)])
      this.setData({ items: [...this.data.items, ...found.items.map((c) => view(c, today))], next: found.next ?? '' })
    })
  },
})

import type { GetBoardMonthResponse, ListMonthHeadsItem } from '../../../api/schema'
import { page } from '../../../components/page'
import { hours } from '../../../domain/amounts'
import { bars, coinBars, hourColumns, said, type Bar, type Column } from '../../../domain/board'
import { monthName } from '../../../domain/dates'
import { getBoardMonth, listBoardMonths } from '../../../services/board'
import { getCover, listMonthHeads } from '../../../services/community'
import { getPool } from '../../../services/exchange'

const head = (m: ListMonthHeadsItem) => ({ month: monthName(m.month), short: `${m.head.slice(0, 8)}…`, all: [m.signed, m.signature, m.publicKey].join('\n') })

/** What is said where a figure is of fewer than five people. */
const FEW = '不到 5 个人，不公布'

const shown = ({ figures: f, help }: GetBoardMonthResponse) => ({
  month: f.month,
  name: monthName(f.month),
  hours: f.minutes === null ? '' : hours(Number(f.minutes)),
  people: f.people === null ? FEW : `${f.people} 位邻居出了力${Number(f.peopleServed) > 0 ? `，帮到 ${f.peopleServed} 人次` : ''}`,
  help: bars(help.map((h) => ({ name: h.kind, value: Number(h.minutes), text: `${hours(Number(h.minutes))} 小时${Number(h.peopleServed) > 0 ? `，帮到 ${h.peopleServed} 人次` : ''}` }))),
  coins: f.coins ? coinBars(f.coins) : [],
})

/** 公示: hours, people, kinds of help and coins of the months that are over; how well the fund covers the coins, in a word; the pool; the seals of the books. No figure is of fewer than five people, and no sum of money stands here. */
page({
  data: {
    cover: '', pool: 0, months: [] as { month: string; name: string }[], chart: [] as Column[], chartSaid: '', month: '', name: '', hours: '', people: '', help: [] as Bar[], coins: [] as Bar[],
    heads: [] as ReturnType<typeof head>[], cursor: null as string | null,
  },
  async load() {
    const [cover, pool, { items, next }, months] = await Promise.all([getCover(), getPool(), listMonthHeads(), listBoardMonths()])
    const last = months[months.length - 1]
    return {
      cover: cover ?? '', pool, heads: items.map(head), cursor: next,
      months: months.map((m) => ({ month: m.month, name: `${Number(m.month.slice(5, 7))} 月` })).reverse(),
      chart: hourColumns(months), chartSaid: said('每个月的服务时长', months.map((m) => ({ month: m.month, text: m.minutes === null ? '' : `${hours(Number(m.minutes))} 小时` }))),
      ...(last ? shown(await getBoardMonth(last.month)) : { month: '' }),
    }
  },
  async choose(event: WechatMiniprogram.BaseEvent<object, { month: string }>) {
    await this.act(async () => this.setData(shown(await getBoardMonth(event.currentTarget.dataset.month))))
  },
  async copy(event: WechatMiniprogram.BaseEvent<object, { text: string }>) {
    await wx.setClipboardData({ data: event.currentTarget.dataset.text })
  },
  async more() {
    const { cursor } = this.data
    if (!cursor) return
    await this.act(async () => {
      const { items, next } = await listMonthHeads(cursor)
      this.setData({ heads: [...this.data.heads, ...items.map(head)], cursor: next })
    })
  },
})

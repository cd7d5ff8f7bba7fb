import type { ListMonthHeadsItem } from '../../../api/schema'
import { page } from '../../../components/page'
import { getCover, listMonthHeads } from '../../../services/community'
import { getPool } from '../../../services/exchange'

const view = (m: ListMonthHeadsItem) => ({ month: `${m.month.slice(0, 4)} 年 ${Number(m.month.slice(5, 7))} 月`, short: `${m.head.slice(0, 8)}…`, all: [m.signed, m.signature, m.publicKey].join('\n') })

/** 公示: what is public of the books so far: the fund's cover in a word, the pool, and the seal of each month, which anybody may keep. */
page({
  data: { cover: '', pool: 0, months: [] as ReturnType<typeof view>[], cursor: null as string | null },
  async load() {
    const [cover, pool, { items, next }] = await Promise.all([getCover(), getPool(), listMonthHeads()])
    return { cover: cover ?? '', pool, months: items.map(view), cursor: next }
  },
  async copy(event: WechatMiniprogram.BaseEvent<object, { text: string }>) {
    await wx.setClipboardData({ data: event.currentTarget.dataset.text })
  },
  async more() {
    const { cursor } = this.data
    if (!cursor) return
    await this.act(async () => {
      const { items, next } = await listMonthHeads(cursor)
      this.setData({ months: [...this.data.months, ...items.map(view)], cursor: next })
    })
  },
})

import type { NeedView } from '../../../api/schema'
import { page } from '../../../components/page'
import type { Day } from '../../../domain/dates'
import { needStates, nextOf, visitOf } from '../../../domain/needs'
import { getCommunity } from '../../../services/community'
import { listMyNeeds } from '../../../services/needs'

const view = (n: NeedView, today: Day) => ({
  id: n.id, what: n.details?.what ?? '（内容已删除）', state: needStates[n.state].text, tone: needStates[n.state].tone, who: n.source === 'self' ? '' : `帮${n.helpedName}，`, next: n.state === 'arranged' && !n.mayThank ? `${visitOf(n, today)}，志愿者来帮您。` : nextOf(n, today),
})

/** 求助: what was asked for, where it stands and what comes next. */
page({
  data: { items: [] as ReturnType<typeof view>[], today: '', cursor: null as string | null },
  async load() {
    const [{ today }, { items, next }] = await Promise.all([getCommunity(), listMyNeeds()])
    return { items: items.map((n) => view(n, today)), today, cursor: next }
  },
  async more() {
    const { cursor, today } = this.data
    if (!cursor) return
    await this.act(async () => {
      const { items, next } = await listMyNeeds(cursor)
      this.setData({ items: [...this.data.items, ...items.map((n) => view(n, today))], cursor: next })
    })
  },
  onReachBottom() {
    void this.more()
  },
})

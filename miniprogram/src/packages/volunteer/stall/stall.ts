import { page } from '../../../components/page'
import { dayOf, fullDay } from '../../../domain/dates'
import { hasBegun } from '../../../domain/markets'
import { stallKinds } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { getMarket, getStall, listMyStalls, thankStall } from '../../../services/markets'

const thanked = (count: number) => (count > 0 ? `${count} 位邻居说了谢谢` : '')

/** A stall, as its code opens it: what it does, thanks for it, and the way of its takings. Who stands there isn't said. */
page({
  data: { id: '', marketId: '', market: '', when: '', number: 0, title: '', description: '', about: '', thanks: '', isMine: false, mayThank: false, hasThanked: false },
  async load(query) {
    const [{ today, now }, s, own] = await Promise.all([getCommunity(), getStall(query['id']!), listMyStalls()])
    const market = await getMarket(s.marketId)
    const isMine = own.some((o) => o.id === s.id)
    return {
      id: s.id, marketId: s.marketId, market: market.title, when: fullDay(dayOf(market.startsAt), today), number: s.number, title: s.title, description: s.description,
      about: [stallKinds[s.kind], s.pledgePercent > 0 && `收入的 ${s.pledgePercent}% 捐出来`, s.peopleServed && `服务了 ${s.peopleServed} 人`].filter(Boolean).join('，'),
      thanks: thanked(s.thanks), isMine, mayThank: !isMine && market.state !== 'cancelled' && hasBegun(market, now),
    }
  },
  async thank() {
    await this.act(async () => this.setData({ thanks: thanked(await thankStall(this.data.id)), hasThanked: true }))
  },
})

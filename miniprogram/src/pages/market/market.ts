import type { MyStallsItem, PublicMarketsDetail, PublicMarketsStallItem } from '../../api/schema'
import { page } from '../../components/page'
import { dayOf, fullDay, span } from '../../domain/dates'
import { standing, takesStalls } from '../../domain/markets'
import { stallKinds, stallStates } from '../../domain/words'
import { getCommunity } from '../../services/community'
import { getMarket, listMyStalls } from '../../services/markets'

/** Stalls of one adult at a market at most (MarketStall.MaxPerAdult). */
const MOST = 2

const stall = (s: PublicMarketsStallItem) => ({
  id: s.id,
  number: s.number,
  title: s.title,
  description: s.description,
  about: [stallKinds[s.kind], s.pledgePercent > 0 && `捐 ${s.pledgePercent}%`, s.peopleServed && `服务了 ${s.peopleServed} 人`, s.thanks > 0 && `${s.thanks} 位邻居说谢谢`].filter(Boolean).join('，'),
})
const mine = (s: MyStallsItem) => ({ id: s.id, title: s.number ? `${s.number} 号 ${s.title}` : s.title, state: stallStates[s.state].text, tone: stallStates[s.state].tone, needsTakings: s.marketState === 'closed' && s.state === 'approved' && s.takingsFen === null })

/** How many stalls come, or may. */
const room = (m: PublicMarketsDetail, isOpen: boolean) => (isOpen ? `共 ${m.maxStalls} 个摊位，定了 ${m.stalls.length} 个` : `${m.stalls.length} 个摊位`)

/** A market: when, where, its stalls, what became of one's own application, and a way to apply. */
page({
  data: {
    id: '', title: '', stands: '', tone: '', when: '', where: '', description: '', room: '', off: '', mayApply: false, isOver: false,
    stalls: [] as ReturnType<typeof stall>[], mine: [] as ReturnType<typeof mine>[],
  },
  async load(query) {
    const [{ today, now }, m, own] = await Promise.all([getCommunity(), getMarket(query['id']!), listMyStalls()])
    const [isOpen, here] = [takesStalls(m, now), own.filter((s) => s.marketId === m.id)]
    const { text, tone } = standing(m, now)
    return {
      id: m.id, title: m.title, stands: text, tone, when: `${fullDay(dayOf(m.startsAt), today)} ${span(m.startsAt, m.endsAt)}`, where: m.address, description: m.description,
      room: room(m, isOpen),
      off: m.cancelReason ? `这次集市取消了：${m.cancelReason}` : '',
      mayApply: isOpen && here.filter((s) => s.state === 'applied' || s.state === 'approved').length < MOST,
      isOver: m.state === 'closed' || m.state === 'settled',
      stalls: m.stalls.map(stall),
      mine: here.map(mine),
    }
  },
})

import { page } from '../../../components/page'
import { yuan } from '../../../domain/amounts'
import { dayOf, longDay } from '../../../domain/dates'
import { helpOf } from '../../../domain/markets'
import { getCommunity } from '../../../services/community'
import { traceMarket, traceStall } from '../../../services/markets'

/** 钱去哪了: from the stalls into the fund, to what the fund paid, to the kinds of help. Sums of the fund; no person, merchant or coin. */
page({
  data: { title: '', when: '', took: '', served: 0, own: '', received: '', receipts: 0, paid: '', months: 0, help: [] as ReturnType<typeof helpOf> },
  async load(query) {
    const [{ today }, trace] = await Promise.all([getCommunity(), query['stall'] ? traceStall(query['stall']) : traceMarket(query['market']!)])
    return {
      title: trace.stall ? `${trace.stall.number} 号 ${trace.stall.title}` : trace.market,
      when: `${trace.stall ? `${trace.market}，` : ''}${longDay(dayOf(trace.startsAt), today)}`,
      took: trace.takingsFen === null ? '' : yuan(trace.takingsFen),
      served: trace.peopleServed,
      own: trace.stall && Number(trace.stall.contributedFen) > 0 ? yuan(trace.stall.contributedFen) : '',
      received: trace.receipts > 0 ? yuan(trace.contributedFen) : '',
      receipts: trace.receipts,
      paid: yuan(trace.months.reduce((sum, m) => sum + Number(m.paidFen), 0)),
      months: trace.months.length,
      help: helpOf(trace),
    }
  },
})

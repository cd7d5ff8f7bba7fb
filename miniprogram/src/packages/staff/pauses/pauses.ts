import type { CoinFlow } from '../../../api/schema'
import { askText } from '../../../components/ask'
import { page } from '../../../components/page'
import { moment } from '../../../domain/dates'
import { listPauses, pauseCoins } from '../../../services/books'
import { getCommunity } from '../../../services/community'

const FLOWS: Record<CoinFlow, string> = { issuing: '发放', redeeming: '兑换' }

/** 暂停与恢复: issuing and redeeming apart, each with its reason, which residents read. */
page({
  data: { flows: [] as { flow: CoinFlow; name: string; isPaused: boolean; reason: string }[], history: [] as { id: string; text: string; when: string }[] },
  async load() {
    const [{ today }, { items }] = await Promise.all([getCommunity(), listPauses()])
    return {
      flows: (Object.keys(FLOWS) as CoinFlow[]).map((flow) => {
        const last = items.find((p) => p.flow === flow)
        return { flow, name: FLOWS[flow], isPaused: last?.isPause ?? false, reason: last?.isPause ? last.reason : '' }
      }),
      history: items.map((p) => ({ id: p.id, text: `${p.isPause ? '暂停' : '恢复'}${FLOWS[p.flow]}：${p.reason}`, when: moment(p.at, today) })),
    }
  },
  async flip(event: WechatMiniprogram.BaseEvent<object, { flow: CoinFlow }>) {
    const { flow, isPaused, name } = this.data.flows.find((f) => f.flow === event.currentTarget.dataset.flow)!
    const reason = await askText(`${isPaused ? '恢复' : '暂停'}${name}的原因`, isPaused ? '比如：核对好了' : '居民和商家会看到', isPaused ? '恢复' : '暂停')
    if (reason && (await this.act(() => pauseCoins(flow, !isPaused, reason)))) await this.reload()
  },
})

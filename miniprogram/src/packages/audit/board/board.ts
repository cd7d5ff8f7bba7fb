import { page } from '../../../components/page'
import { moment } from '../../../domain/dates'
import { getFund, getPool, listChecks, listPauses } from '../../../services/books'
import { getCommunity } from '../../../services/community'

const COVERS = { ample: '充足', tight: '偏紧', short: '不足' } as const

/** 公示: the figures an auditor begins with; coins and cover, never a merchant's. */
page({
  data: { cover: '', outstanding: 0, promised: 0, pool: 0, check: '', isChecked: false, isRight: true, paused: [] as string[] },
  async load() {
    const [{ today }, { position }, { coins }, checks, pauses] = await Promise.all([getCommunity(), getFund(), getPool(), listChecks(), listPauses()])
    const last = checks.items[0]
    const flows = [['issuing', '发放'], ['redeeming', '兑换']] as const
    return {
      cover: position?.cover ? COVERS[position.cover] : '', outstanding: Number(position?.outstandingCoins ?? 0), promised: Number(position?.promisedCoins ?? 0), pool: Number(coins),
      check: last ? `${moment(last.checkedAt, today)}对过，${last.fault ?? '每一笔都对得上'}` : '还没有到第一次夜间对账', isChecked: Boolean(last), isRight: !last?.fault,
      paused: flows.flatMap(([flow, name]) => {
        const state = pauses.items.find((p) => p.flow === flow)
        return state?.isPause ? [`${name}暂停了：${state.reason}`] : []
      }),
    }
  },
})

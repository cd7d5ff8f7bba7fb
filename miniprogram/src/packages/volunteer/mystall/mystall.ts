import { Problem } from '../../../api/problem'
import { confirm } from '../../../components/ask'
import { page } from '../../../components/page'
import { fenIn, yuan } from '../../../domain/amounts'
import { dayOf, fullDay } from '../../../domain/dates'
import { filled, numberOf, textOf, type Field, type Filled } from '../../../domain/fields'
import { takesStalls } from '../../../domain/markets'
import { stallKinds, stallStates } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { declareTakings, listMyStalls, withdrawStall } from '../../../services/markets'

const fields = (takingsFen: number | null, isService: boolean, served: number | null): Field[] => [
  { key: 'takings', label: '一共收了多少（元）', type: 'digit', value: takingsFen === null ? '' : yuan(takingsFen), max: 10, placeholder: '比如：86.5' },
  ...(isService ? [{ key: 'served', label: '服务了多少人', type: 'number' as const, value: served === null ? '' : String(served), max: 5 }] : []),
]

/** 我的摊位: what became of the application, taking it back, and what the stall took. The one stall's money, told by who answers for it. */
page({
  data: {
    id: '', marketId: '', market: '', when: '', title: '', stands: '', tone: '', reason: '', description: '', about: '', thanks: 0, mayWithdraw: false, mayDeclare: false, mayShowCode: false, codeTitle: '', isDeclared: false, pledged: '', received: '',
    fields: fields(null, false, null), isService: false, said: '',
  },
  async load(query) {
    const [{ today, now }, own] = await Promise.all([getCommunity(), listMyStalls()])
    const s = own.find((o) => o.id === query['id'])
    if (!s) throw new Problem('stall.unknown', '没有找到这个摊位，请返回集市页面再看。', 404)
    const isService = s.kind === 'service'
    return {
      id: s.id, marketId: s.marketId, market: s.market, when: fullDay(dayOf(s.startsAt), today), title: s.number ? `${s.number} 号 ${s.title}` : s.title, stands: stallStates[s.state].text, tone: stallStates[s.state].tone,
      reason: s.reason ?? '', description: s.description, about: [stallKinds[s.kind], s.pledgePercent > 0 && `收入的 ${s.pledgePercent}% 捐出来`, s.childName && `和${s.childName}一起`].filter(Boolean).join('，'), thanks: s.thanks,
      mayWithdraw: (s.state === 'applied' || s.state === 'approved') && takesStalls({ state: s.marketState, startsAt: s.startsAt }, now),
      mayDeclare: s.state === 'approved' && s.marketState === 'closed' && Number(s.receivedFen) === 0,
      mayShowCode: s.state === 'approved' && s.marketState !== 'cancelled', codeTitle: encodeURIComponent(`${s.number ?? ''} 号 ${s.title}`),
      isDeclared: s.takingsFen !== null, pledged: s.pledgedFen === null ? '' : yuan(s.pledgedFen), received: Number(s.receivedFen) > 0 ? yuan(s.receivedFen) : '',
      fields: fields(s.takingsFen, isService, s.peopleServed), isService,
    }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '', said: '' })
  },
  async withdraw() {
    if ((await confirm('不摆这个摊了？', '撤回后摊位让给别的邻居，想摆可以再申请。', '撤回')) && (await this.act(() => withdrawStall(this.data.id)))) await this.reload()
  },
  async declare() {
    const { fields, isService, id } = this.data
    const [takings, served] = [fenIn(textOf(fields, 'takings')), isService ? numberOf(fields, 'served') : null]
    if (Number.isNaN(takings) || (isService && (served === null || Number.isNaN(served)))) {
      this.setData({ refusal: isService ? '请填收了多少、服务了多少人，没收就填 0。' : '请填一共收了多少，没收就填 0。' })
      return
    }
    if (!(await this.act(() => declareTakings(id, takings, served)))) return
    await this.reload()
    this.setData({ said: '记好了，谢谢您！' })
  },
})

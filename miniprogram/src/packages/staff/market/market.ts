import type { StaffMarketsDetail, StaffStallsItem } from '../../../api/schema'
import { askText, choose, confirm } from '../../../components/ask'
import { go, page } from '../../../components/page'
import { fenIn, yuan } from '../../../domain/amounts'
import { dayOf, fullDay, span } from '../../../domain/dates'
import { hasBegun, standing } from '../../../domain/markets'
import { stallKinds, stallStates } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { cancelMarket, closeMarket, decideStall, declareTakings, getStaffMarket, listStaffStalls, openMarket, settleMarket } from '../../../services/markets'
import { getMe } from '../../../services/people'

const stall = (s: StaffStallsItem, market: StaffMarketsDetail) => ({
  id: s.id, title: `${s.number ? `${s.number} 号 ` : ''}${s.title}`, description: s.description, isService: s.kind === 'service', isApplied: s.state === 'applied', isApproved: s.state === 'approved', state: stallStates[s.state].text, tone: stallStates[s.state].tone,
  who: [s.adultName ?? '已注销', s.childName && `带着${s.childName}`, stallKinds[s.kind], s.pledgePercent > 0 && `捐 ${s.pledgePercent}%`].filter(Boolean).join('，'),
  money: s.takingsFen === null ? (market.state === 'closed' && s.state === 'approved' ? '还没有报收入' : '') : `收了 ${yuan(Number(s.takingsFen))} 元，说好捐 ${yuan(Number(s.pledgedFen))} 元，收据到了 ${yuan(Number(s.receivedFen))} 元`,
  reason: s.reason ?? '', isPledged: Number(s.pledgedFen ?? 0) > 0, isDeclared: s.takingsFen !== null,
})

/** One market: what it is, its stalls with the people, what was taken, pledged and came; and what is to be done next. */
page({
  data: {
    id: '', title: '', facts: [] as string[], state_: '', tone: '', held: false, note: '', sums: [] as { name: string; value: string }[], stalls: [] as ReturnType<typeof stall>[], next: '',
    mayOpen: false, mayEdit: false, mayClose: false, maySettle: false, mayCancel: false, isClosed: false, isShort: false, mayAct: false,
  },
  async load({ id = '' }) {
    const [{ today, now }, { roles }, m, stalls] = await Promise.all([getCommunity(), getMe(), getStaffMarket(id), listStaffStalls(id)])
    const mayAct = roles.includes('staff') || roles.includes('socialWorker')
    const [begun, stands] = [hasBegun(m, now), standing(m, now)]
    return {
      id, title: m.title, facts: [`${fullDay(dayOf(m.startsAt), today)} ${span(m.startsAt, m.endsAt)}`, m.address, m.description], state_: stands.text, tone: stands.tone, held: m.isTextHeld, note: m.note ?? '', mayAct,
      sums: [
        { name: '摊位', value: `${m.approved}/${m.maxStalls} 个${m.applied > 0 ? `，${m.applied} 个等审核` : ''}` },
        ...(m.state === 'closed' || m.state === 'settled'
          ? [{ name: '一共收了', value: `${yuan(Number(m.takingsFen))} 元${m.undeclared > 0 ? `，${m.undeclared} 个没报` : ''}` }, { name: '说好捐的', value: `${yuan(Number(m.pledgedFen))} 元` }, { name: '收据到了', value: `${yuan(Number(m.receivedFen))} 元` }, { name: '便民服务', value: `${m.peopleServed} 人` }]
          : []),
      ],
      stalls: stalls.items.map((s) => stall(s, m)), next: stalls.next ?? '', isClosed: m.state === 'closed', isShort: Number(m.receivedFen) < Number(m.pledgedFen),
      mayOpen: mayAct && m.state === 'draft', mayEdit: mayAct && (m.state === 'draft' || (m.state === 'open' && !begun)), mayClose: mayAct && m.state === 'open' && begun, maySettle: mayAct && m.state === 'closed' && m.undeclared === 0,
      mayCancel: mayAct && (m.state === 'draft' || m.state === 'open'),
    }
  },
  async more() {
    await this.act(async () => {
      const [m, found] = await Promise.all([getStaffMarket(this.data.id), listStaffStalls(this.data.id, this.data.next)])
      this.setData({ stalls: [...this.data.stalls, ...found.items.map((s) => stall(s, m))], next: found.next ?? '' })
    })
  },
  async openUp() {
    if ((await confirm('开放摊位申请？', '居民马上能看到这场集市，可以申请摊位。', '开放')) && (await this.act(() => openMarket(this.data.id)))) await this.reload()
  },
  async close() {
    if ((await confirm('收摊？', '收摊后，摊主可以报收入，不能再申请。', '收摊')) && (await this.act(() => closeMarket(this.data.id)))) await this.reload()
  },
  async settle() {
    const note = this.data.isShort ? await askText('收据比说好的少', '写明原因，比如：两户改捐实物') : (await confirm('结清这场集市？', '会谢谢每位摊主，之后不再改。', '结清')) ? null : undefined
    if (note === undefined || note === '') return
    if (await this.act(() => settleMarket(this.data.id, note))) await this.reload()
  },
  async cancel() {
    const reason = await askText('为什么取消', '摊主会收到这句话')
    if (reason && (await this.act(() => cancelMarket(this.data.id, reason)))) await this.reload()
  },
  edit() {
    go(`/packages/staff/fair/fair?id=${this.data.id}`)
  },
  async tapStall(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const s = this.data.stalls.find((one) => one.id === event.currentTarget.dataset.id)!
    const { isClosed, mayAct, id } = this.data
    const ways = [
      ...(mayAct && s.isApplied ? ['通过', '不通过'] : []),
      ...(mayAct && s.isApproved && isClosed ? [s.isDeclared ? '改收入' : '替摊主报收入'] : []),
      ...(s.isPledged && isClosed ? ['登记慈善会收据'] : []),
      ...(mayAct && s.isApproved ? ['摊位码'] : []),
    ]
    const index = ways.length > 0 ? await choose(ways) : undefined
    const way = index === undefined ? '' : ways[index]!
    if (way === '通过') await this.decide(s.id, true, null)
    else if (way === '不通过') {
      const reason = await askText('为什么不通过', '摊主会收到这句话')
      if (reason) await this.decide(s.id, false, reason)
    } else if (way === '摊位码') go(`/packages/volunteer/stallcode/stallcode?id=${s.id}&title=${encodeURIComponent(s.title)}`)
    else if (way === '登记慈善会收据') go(`/packages/staff/entry/entry?kind=contribution&market=${id}&stall=${s.id}`)
    else if (way) await this.takings(s)
  },
  async decide(stallId: string, approve: boolean, reason: string | null) {
    if (await this.act(() => decideStall(stallId, approve, reason))) await this.reload()
  },
  async takings(s: ReturnType<typeof stall>) {
    const said = await askText(`${s.title}收了多少（元）`, '比如：86.5')
    const fen = fenIn(said ?? '')
    if (said === undefined) return
    const served = s.isService ? await askText('服务了多少人', '比如：12') : undefined
    if (Number.isNaN(fen) || (s.isService && !/^\d{1,5}$/.test(served ?? ''))) {
      this.setData({ refusal: '收入、人数请写数字，没收就写 0。' })
      return
    }
    if (await this.act(() => declareTakings(s.id, fen, s.isService ? Number(served) : null))) await this.reload()
  },
})

import type { MerchantState } from '../../../api/schema'
import { askText, choose } from '../../../components/ask'
import { page } from '../../../components/page'
import { addDays, longDay } from '../../../domain/dates'
import { filled, numberOf, textOf, textOrNull, type Field, type Filled } from '../../../domain/fields'
import { getCommunity } from '../../../services/community'
import { getMerchant, listAgreements, listMerchantOffers, listMerchantPeople, proposeAgreement, proposeOwner, setMerchantState } from '../../../services/partners'

const STATES: Record<MerchantState, { text: string; tone: string }> = { paused: { text: '暂停', tone: 'held' }, active: { text: '可以换', tone: 'done' }, left: { text: '退出了', tone: 'expired' } }
const FEN = 100

const form = (today: string): Field[] => [
  { key: 'fen', label: '一枚结算几分钱', type: 'number', value: '', placeholder: '比如 50', max: 5, hint: '只写在协议里，居民看不到。' },
  { key: 'share', label: '基金承担百分之几', type: 'number', value: '100', max: 3 },
  { key: 'cap', label: '每月最多结算几分钱（不填就不限）', type: 'number', value: '', max: 10 },
  { key: 'starts', label: '从哪一天起', type: 'date', value: today },
  { key: 'ends', label: '到哪一天（不填就不限）', type: 'date', value: '' },
  { key: 'paper', label: '纸质协议编号', type: 'text', value: '', placeholder: '比如：凤凰-2026-1', max: 60 },
]

/** One merchant: state, people, offers, agreements. What moves money is proposed here and approved by another. */
page({
  data: {
    id: '', name: '', facts: [] as string[], kind: '' as MerchantState | '', state2: '', tone: '', people: [] as { id: string; text: string }[], offers: [] as { id: string; title: string; coins: number }[], agreements: [] as { id: string; text: string; isSigned: boolean }[],
    fields: [] as Field[], adding: '' as '' | 'owner' | 'agreement', said: '',
  },
  async load(query) {
    const id = query['id']!
    const [{ today }, m, people, offers, agreements] = await Promise.all([getCommunity(), getMerchant(id), listMerchantPeople(id).catch(() => []), listMerchantOffers(id), listAgreements(id)])
    return {
      id, name: m.name, facts: [m.address, m.phone, m.openingHours].filter(Boolean), kind: m.state, state2: STATES[m.state].text, tone: STATES[m.state].tone,
      people: people.map((p) => ({ id: p.id, text: `${p.name}，${p.post === 'owner' ? '负责人' : '店员'}` })), offers: offers.items.map((o) => ({ id: o.id, title: o.title, coins: Number(o.coins) })),
      agreements: agreements.map((a) => ({ id: a.id, isSigned: a.signedAt !== null, text: `第 ${a.version} 版，${longDay(a.startsOn, today)}起${a.endsOn ? `到${longDay(a.endsOn, today)}` : ''}，${a.fenPerCoin} 分一枚，基金承担 ${a.fundSharePercent}%` })),
      fields: form(addDays(today, 1)), adding: '' as const,
    }
  },
  async state() {
    const states: MerchantState[] = (['active', 'paused', 'left'] as const).filter((s) => s !== this.data.kind)
    const index = await choose(states.map((s) => ({ active: '启用', paused: '暂停', left: '登记退出' })[s]))
    const reason = index === undefined ? undefined : await askText('原因', '商家会看到')
    if (reason && (await this.act(() => setMerchantState(this.data.id, states[index!]!, reason)))) await this.reload()
  },
  add(event: WechatMiniprogram.BaseEvent<object, { what: 'owner' | 'agreement' }>) {
    this.setData({ adding: event.currentTarget.dataset.what, said: '' })
  },
  async pick(event: WechatMiniprogram.CustomEvent<{ memberId: string }>) {
    const reason = await askText('凭什么', '比如：签约负责人')
    if (reason && (await this.act(() => proposeOwner(this.data.id, event.detail.memberId, reason)))) this.setData({ said: '提交了，财务复核后生效。', adding: '' })
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  async sign() {
    const { fields, id } = this.data
    const [fen, share, cap] = [numberOf(fields, 'fen'), numberOf(fields, 'share'), numberOf(fields, 'cap')]
    if (!fen || Number.isNaN(share) || Number.isNaN(cap) || fen > 100 * FEN) {
      this.setData({ refusal: '几分钱、百分之几请填整数。' })
      return
    }
    const agreement = { fenPerCoin: fen, fundSharePercent: share ?? 100, startsOn: textOf(fields, 'starts'), paper: textOf(fields, 'paper'), monthlyCapFen: cap, endsOn: textOrNull(fields, 'ends') }
    if (await this.act(() => proposeAgreement(id, agreement))) {
      await this.reload()
      this.setData({ said: '提交了，财务复核后生效。' })
    }
  },
})

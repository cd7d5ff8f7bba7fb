import type { DonorKind } from '../../../api/schema'
import { page } from '../../../components/page'
import { fenIn } from '../../../domain/amounts'
import { filled, textOf, type Field, type Filled } from '../../../domain/fields'
import { getCommunity } from '../../../services/community'
import { enterAdjustment, enterContribution, openFund, uploadEvidence } from '../../../services/fund'
import { listStaffMarkets, listStaffStalls } from '../../../services/markets'

type Kind = 'contribution' | 'adjustment' | 'opening'
type Choice = { value: string; text: string }

const TITLES: Record<Kind, string> = { contribution: '登记捐赠收据', adjustment: '登记调整', opening: '登记期初的钱' }
const WHOLE: Choice = { value: '', text: '整场集市一张收据' }

const amount: Field = { key: 'amount', label: '多少（元）', type: 'digit', value: '', placeholder: '比如：500 或 86.5', max: 10 }

const contribution = (today: string, donor: DonorKind): Field[] => [
  amount,
  { key: 'charity', label: '哪家慈善组织开的', type: 'text', value: '', placeholder: '比如：双流区慈善会', max: 60 },
  { key: 'filing', label: '备案编号', type: 'text', value: '', max: 40, hint: '慈善组织或公开募捐的备案编号。' },
  { key: 'receipt', label: '收据编号', type: 'text', value: '', max: 40 },
  { key: 'date', label: '收据日期', type: 'date', value: today },
  { key: 'donor', label: '谁捐的', type: 'choice', value: donor, options: [{ value: 'partner', text: '合伙人' }, { value: 'stall', text: '公益集市' }, { value: 'other', text: '其他爱心人士' }] },
]
const partner: Field = { key: 'partner', label: '合伙人的名称', type: 'text', value: '', max: 60 }
const adjustment: Field[] = [
  { key: 'way', label: '多了还是少了', type: 'choice', value: 'in', options: [{ value: 'in', text: '多了，比如利息' }, { value: 'out', text: '少了，比如手续费' }] },
  amount,
  { key: 'reason', label: '为什么', type: 'text', value: '', placeholder: '比如：12 月利息', max: 200 },
]
const opening: Field[] = [amount, { key: 'evidence', label: '凭什么', type: 'text', value: '', placeholder: '比如：慈善会 2026-001 号收据', max: 200 }]

/** The markets that bring money, and of the chosen one the stalls: each may have a receipt of its own. */
async function ofMarket(marketId: string, stallId: string): Promise<Field[]> {
  const { items } = await listStaffMarkets()
  const markets = items.filter((m) => m.state === 'closed' || m.state === 'settled').map((m) => ({ value: m.id, text: m.title }))
  const stalls = marketId ? (await listStaffStalls(marketId)).items.filter((s) => s.state === 'approved' && Number(s.pledgedFen ?? 0) > 0).map((s) => ({ value: s.id, text: `${s.number} 号 ${s.title}` })) : []
  return [
    { key: 'market', label: '哪一场集市', type: 'choice', value: marketId, options: markets, hint: markets.length === 0 ? '还没有收摊的集市。' : '' },
    { key: 'stall', label: '哪个摊位', type: 'choice', value: stallId, options: [WHOLE, ...stalls] },
  ]
}

/** One entry of the fund's book, with its picture: prepared here, posted by another. From a market's page it comes with the stall. */
page({
  // Coming back from the album mustn't empty the form.
  isOnce: true,
  data: { kind: 'contribution' as Kind, title: '', fields: [] as Field[], needsPicture: true, picture: '', done: false },
  async load(query) {
    const { today } = await getCommunity()
    const kind = (query['kind'] ?? 'contribution') as Kind
    const fields = kind === 'opening' ? opening : kind === 'adjustment' ? adjustment : [...contribution(today, query['market'] ? 'stall' : 'other'), ...(query['market'] ? await ofMarket(query['market'], query['stall'] ?? '') : [])]
    return { kind, title: TITLES[kind], fields, needsPicture: kind !== 'opening' }
  },
  async fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    const { key } = event.detail
    const fields = filled(this.data.fields, event.detail)
    this.setData({ fields, refusal: '' })
    if (key !== 'donor' && key !== 'market') return
    const receipt = fields.filter((f) => !['partner', 'market', 'stall'].includes(f.key))
    const donor = textOf(fields, 'donor')
    await this.act(async () => this.setData({ fields: [...receipt, ...(donor === 'partner' ? [partner] : donor === 'stall' ? await ofMarket(textOf(fields, 'market'), '') : [])] }))
  },
  async takePicture() {
    try {
      const { tempFiles } = await wx.chooseMedia({ count: 1, mediaType: ['image'], sizeType: ['compressed'] })
      this.setData({ picture: tempFiles[0]!.tempFilePath, refusal: '' })
    } catch {
      // Nothing was chosen.
    }
  },
  async send() {
    const { kind, fields, picture, needsPicture } = this.data
    const fen = fenIn(textOf(fields, 'amount'))
    const empty = fields.find((f) => f.key !== 'stall' && !textOf(fields, f.key))
    if (!fen || empty || (needsPicture && !picture)) {
      this.setData({ refusal: !fen ? '多少钱请写数字，最多两位小数。' : empty ? `请填：${empty.label}。` : '请拍一张收据或回单的照片。' })
      return
    }
    this.setData({ done: await this.act(() => post(kind, fields, fen, picture)) })
  },
  back: () => void wx.navigateBack({}),
})

async function post(kind: Kind, fields: readonly Field[], fen: number, picture: string): Promise<unknown> {
  if (kind === 'opening') return openFund(fen, textOf(fields, 'evidence'))
  const fileId = await uploadEvidence(picture)
  if (kind === 'adjustment') return enterAdjustment(textOf(fields, 'way') === 'out' ? -fen : fen, textOf(fields, 'reason'), fileId)
  const donor = textOf(fields, 'donor') as DonorKind
  return enterContribution({
    amountFen: fen, charityName: textOf(fields, 'charity'), filingNumber: textOf(fields, 'filing'), receiptNumber: textOf(fields, 'receipt'), receiptOn: textOf(fields, 'date'), donor, fileId,
    partnerName: textOf(fields, 'partner') || null, marketId: textOf(fields, 'market') || null, stallId: textOf(fields, 'stall') || null,
  })
}

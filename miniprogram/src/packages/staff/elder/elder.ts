import { confirm } from '../../../components/ask'
import { Problem } from '../../../api/problem'
import { page } from '../../../components/page'
import { filled, numberOf, textOf, textOrNull, type Field, type Filled } from '../../../domain/fields'
import { listDocuments } from '../../../services/community'
import { enterElder, issueCard, printCard } from '../../../services/members'

/** Which field a refusal is about. */
const AT = { 'elder.too_young': 'birthYear', 'elder.already_here': 'name' }

const FORM: Field[] = [
  { key: 'name', label: '邻居怎么称呼', type: 'text', value: '', placeholder: '比如：李奶奶', max: 20 },
  { key: 'building', label: '住哪里（不想说就不填）', type: 'text', value: '', placeholder: '比如：3栋', max: 40 },
  { key: 'birthYear', label: '出生年份（不想说就不填）', type: 'number', value: '', placeholder: '比如：1948', max: 4 },
]

/** 登记没有手机的老人: before a witness, after the rules were read out; then a card. Nobody is their own witness, and who enters it isn't either. */
page({
  isOnce: true,
  data: { fields: FORM, witnessId: '', witness: '', documents: [] as { id: string; title: string }[], agreed: false, entered: null as null | { memberId: string; name: string }, printed: '' },
  async load() {
    return { documents: (await listDocuments()).map(({ id, title }) => ({ id, title })) }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  pick(event: WechatMiniprogram.CustomEvent<{ memberId: string; name: string }>) {
    this.setData({ witnessId: event.detail.memberId, witness: event.detail.name, refusal: '' })
  },
  agree() {
    this.setData({ agreed: !this.data.agreed, refusal: '' })
  },
  async save() {
    const { fields, witnessId, agreed, documents, busy } = this.data
    const birthYear = numberOf(fields, 'birthYear')
    if (!witnessId || !agreed || Number.isNaN(birthYear)) {
      this.setData({ refusal: Number.isNaN(birthYear) ? '出生年份请填四位数字。' : !witnessId ? '请找一位在场的见证人。' : '请先把社区的规则读给本人听，本人同意了再登记。' })
      return
    }
    if (busy) return
    const enter = (isAnotherPerson: boolean) => enterElder({ name: textOf(fields, 'name'), building: textOrNull(fields, 'building'), birthYear, witnessMemberId: witnessId, acceptedDocumentIds: documents.map((d) => d.id), isAnotherPerson })
    await this.sendForm(async () => {
      const entered = await enter(false).catch(async (error) => {
        const problem = Problem.of(error)
        if (problem.code === 'elder.already_here' && (await confirm('是另一位吗？', '同一个称呼、同一处住址已经有一位。是另一位老人才登记。', '是另一位'))) return enter(true)
        throw problem
      })
      this.setData({ entered })
      void wx.pageScrollTo({ scrollTop: 0, duration: 0 })
    }, AT)
  },
  async card() {
    await this.act(async () => {
      const { id } = await issueCard(this.data.entered!.memberId)
      this.setData({ printed: (await printCard(id)).number })
    })
  },
  another() {
    this.setData({ fields: FORM, witnessId: '', witness: '', agreed: false, entered: null, printed: '' })
  },
})

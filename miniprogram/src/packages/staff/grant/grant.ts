import { page } from '../../../components/page'
import { filled, numberOf, textOf, type Field, type Filled } from '../../../domain/fields'
import { proposeGrant } from '../../../services/books'

const FORM: Field[] = [
  { key: 'coins', label: '几枚', type: 'number', value: '', max: 4 },
  { key: 'reason', label: '为什么表扬', type: 'text', value: '', placeholder: '比如：雨天帮邻居搬东西', max: 100 },
  { key: 'evidence', label: '依据', type: 'text', value: '', placeholder: '比如：照片存档', max: 200 },
]

/** 表扬 of one person, approved by another. */
page({
  data: { memberId: '', name: '', fields: FORM, done: false },
  async load(query) {
    return query['member'] ? { memberId: query['member'], name: decodeURIComponent(query['name'] ?? '') } : {}
  },
  pick(event: WechatMiniprogram.CustomEvent<{ memberId: string; name: string }>) {
    this.setData({ memberId: event.detail.memberId, name: event.detail.name, refusal: '' })
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  async send() {
    const { memberId, fields } = this.data
    const coins = numberOf(fields, 'coins')
    if (!memberId || !coins || !textOf(fields, 'reason') || !textOf(fields, 'evidence')) {
      this.setData({ refusal: '请选好人，写明几枚、为什么、依据。' })
      return
    }
    this.setData({ done: await this.act(() => proposeGrant(memberId, coins, textOf(fields, 'reason'), textOf(fields, 'evidence'))) })
  },
  back: () => void wx.navigateBack({}),
})

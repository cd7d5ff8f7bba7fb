import { confirm } from '../../../components/ask'
import { page } from '../../../components/page'
import { longDay } from '../../../domain/dates'
import { filled, textOf, textOrNull, type Field, type Filled } from '../../../domain/fields'
import { getCommunity } from '../../../services/community'
import { endPartnership, listPartnerships, signPartnership } from '../../../services/partners'

const form = (today: string): Field[] => [
  { key: 'partner', label: '伙伴', type: 'text', value: '', placeholder: '单位全称', max: 60 },
  { key: 'commitments', label: '承诺做什么', type: 'area', value: '', placeholder: '比如：每月一次义诊。', max: 500 },
  { key: 'starts', label: '从哪一天起', type: 'date', value: today },
  { key: 'ends', label: '到哪一天（不填就不限）', type: 'date', value: '' },
]

/** 共建伙伴: commitments without money; signed by two people. */
page({
  data: { items: [] as { id: string; partner: string; text: string; since: string }[], fields: [] as Field[], adding: false, said: '' },
  async load() {
    const [{ today }, { items }] = await Promise.all([getCommunity(), listPartnerships()])
    return { items: items.map((p) => ({ id: p.id, partner: p.partner, text: p.commitments, since: `${longDay(p.startsOn, today)}起${p.endsOn ? `，到${longDay(p.endsOn, today)}` : ''}` })), fields: form(today), adding: false }
  },
  add() {
    this.setData({ adding: true, said: '' })
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  async sign() {
    const { fields } = this.data
    if (!textOf(fields, 'partner') || !textOf(fields, 'commitments')) {
      this.setData({ refusal: '请写明伙伴和承诺。' })
      return
    }
    if (await this.act(() => signPartnership(textOf(fields, 'partner'), 'red', textOf(fields, 'commitments'), textOf(fields, 'starts'), textOrNull(fields, 'ends')))) {
      await this.reload()
      this.setData({ said: '提交了，另一位同事复核后生效。' })
    }
  },
  async end(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    if ((await confirm('结束共建？', '从今天起结束，记录保留。', '结束')) && (await this.act(() => endPartnership(event.currentTarget.dataset.id)))) await this.reload()
  },
})

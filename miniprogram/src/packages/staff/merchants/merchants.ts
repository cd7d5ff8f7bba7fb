import type { MerchantState } from '../../../api/schema'
import { page } from '../../../components/page'
import { filled, textOf, type Field, type Filled } from '../../../domain/fields'
import { enterMerchant, listMerchants } from '../../../services/partners'

const STATES: Record<MerchantState, { text: string; tone: string }> = { paused: { text: '暂停', tone: 'held' }, active: { text: '可以换', tone: 'done' }, left: { text: '退出了', tone: 'expired' } }

const FORM: Field[] = [
  { key: 'name', label: '店名', type: 'text', value: '', max: 40 },
  { key: 'address', label: '地址', type: 'text', value: '', max: 100 },
  { key: 'phone', label: '电话', type: 'text', value: '', max: 20 },
  { key: 'hours', label: '营业时间', type: 'text', value: '', placeholder: '比如：每天 9:00–20:00', max: 60 },
]

/** 商家: who takes coins; a new one is entered here. */
page({
  data: { merchants: [] as { id: string; name: string; address: string; state: string; tone: string }[], fields: FORM, adding: false },
  async load() {
    const { items } = await listMerchants()
    return { merchants: items.map((m) => ({ id: m.id, name: m.name, address: m.address, state: STATES[m.state].text, tone: STATES[m.state].tone })) }
  },
  add() {
    this.setData({ adding: true, fields: FORM })
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  async save() {
    const { fields } = this.data
    const form = { name: textOf(fields, 'name'), address: textOf(fields, 'address'), phone: textOf(fields, 'phone'), openingHours: textOf(fields, 'hours') }
    if (await this.act(() => enterMerchant(form))) {
      this.setData({ adding: false })
      await this.reload()
    }
  },
})

import type { OfferForm, OfferView } from '../../../api/schema'
import { page } from '../../../components/page'
import { filled, numberOf, textOf, textOrNull, type Field, type Filled } from '../../../domain/fields'
import { listJobs, listOwnOffers, proposeOffer } from '../../../services/till'

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

const form = (o: OfferView | null | undefined): Field[] => [
  { key: 'title', label: '叫什么', type: 'text', value: o?.title ?? '', placeholder: '比如：爱心午餐', max: 20 },
  { key: 'coins', label: '换一份要几枚', type: 'number', value: o ? String(o.coins) : '', max: 5 },
  { key: 'description', label: '有什么', type: 'area', value: o?.description ?? '', placeholder: '比如：一荤两素一汤。', max: 200 },
  { key: 'extra', label: '到店另付（没有就不填）', type: 'text', value: o?.extraText ?? '', max: 60 },
  { key: 'perDay', label: '每天几份（不填就不限）', type: 'number', value: '', max: 5 },
  { key: 'perPerson', label: '每人每天几份（不填就不限）', type: 'number', value: o?.perPersonDay ? String(o.perPersonDay) : '', max: 3 },
  { key: 'from', label: '几点开始', type: 'time', value: o?.from.slice(0, 5) ?? '', placeholder: '和本店一样' },
  { key: 'to', label: '几点结束', type: 'time', value: o?.to.slice(0, 5) ?? '', placeholder: '和本店一样' },
]

/** A new offer, or a change of one: the community's to approve. */
page({
  data: { merchant: '', fields: form(null), said: false },
  async load(query) {
    const { chosen } = await listJobs()
    const offer = query['id'] ? (await listOwnOffers(chosen!.merchantId)).find((o) => o.id === query['id']) : undefined
    return { merchant: chosen!.merchantId, fields: form(offer?.now) }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  async send() {
    const { fields, merchant } = this.data
    const coins = numberOf(fields, 'coins')
    if (!textOf(fields, 'title') || !coins) {
      this.setData({ refusal: '请写明叫什么、要几枚。' })
      return
    }
    const offer: OfferForm = {
      title: textOf(fields, 'title'), coins, description: textOrNull(fields, 'description'), extraText: textOrNull(fields, 'extra'), fileId: null, stockTotal: null,
      stockPerDay: numberOf(fields, 'perDay'), perPersonDay: numberOf(fields, 'perPerson'), perPersonWeek: null, perPersonMonth: null, maxQuantity: null, weekdays: EVERY_DAY,
      from: textOrNull(fields, 'from'), to: textOrNull(fields, 'to'), validFrom: null, validTo: null,
    }
    if (await this.act(() => proposeOffer(merchant, this.query['id'], offer))) this.setData({ said: true })
  },
  back: () => void wx.navigateBack({}),
})

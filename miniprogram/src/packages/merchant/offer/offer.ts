import type { OfferForm } from '../../../api/schema'
import { page } from '../../../components/page'
import { filled, numberOf, textOf, textOrNull, type Field, type Filled } from '../../../domain/fields'
import { choosePicture, pictureAt, sendPicture } from '../../../services/pictures'
import { listJobs, listOwnOffers, proposeOffer } from '../../../services/till'

/** Which field a refusal is about. */
const AT = { '$.stockPerDay': 'perDay', '$.perPersonDay': 'perPerson', '$.extraText': 'extra', 'offer.names_money': 'description' }

/** An offer before anything is filled in: every day, as long as the shop is open. */
const EMPTY: OfferForm = {
  title: '', coins: 0, description: null, extraText: null, fileId: null, stockTotal: null, stockPerDay: null, perPersonDay: null, perPersonWeek: null, perPersonMonth: null, maxQuantity: null, weekdays: [1, 2, 3, 4, 5, 6, 7],
  from: null, to: null, validFrom: null, validTo: null,
}

const numeral = (n: number | string | null | undefined) => (n ? String(n) : '')

const form = (o: OfferForm): Field[] => [
  { key: 'title', label: '叫什么', type: 'text', value: o.title, placeholder: '比如：爱心午餐', max: 20 },
  { key: 'coins', label: '换一份要几枚', type: 'number', value: numeral(o.coins), max: 5 },
  { key: 'description', label: '有什么', type: 'area', value: o.description ?? '', placeholder: '比如：一荤两素一汤。', max: 200 },
  { key: 'extra', label: '到店另付（没有就不填）', type: 'text', value: o.extraText ?? '', max: 60 },
  { key: 'perDay', label: '每天几份（不填就不限）', type: 'number', value: numeral(o.stockPerDay), max: 5 },
  { key: 'perPerson', label: '每人每天几份（不填就不限）', type: 'number', value: numeral(o.perPersonDay), max: 3 },
  { key: 'from', label: '几点开始', type: 'time', value: o.from?.slice(0, 5) ?? '', placeholder: '和本店一样' },
  { key: 'to', label: '几点结束', type: 'time', value: o.to?.slice(0, 5) ?? '', placeholder: '和本店一样' },
]

/** A new offer, or a change of one that begins from its latest version: the community's to approve, with its picture. */
page({
  // A picture is chosen outside the program: coming back must not undo what was filled in.
  isOnce: true,
  data: { merchant: '', base: EMPTY, fields: form(EMPTY), shown: '', picked: '', said: false },
  async load(query) {
    const { chosen } = await listJobs()
    const latest = query['id'] ? (await listOwnOffers(chosen!.merchantId)).find((o) => o.id === query['id'])?.latest : undefined
    const base = latest?.form ?? EMPTY
    return { merchant: chosen!.merchantId, base, fields: form(base), shown: latest?.picture ? pictureAt(latest.picture.url) : '' }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  async choose() {
    const picked = await choosePicture()
    if (picked) this.setData({ picked, shown: picked, refusal: '' })
  },
  drop() {
    this.setData({ picked: '', shown: '' })
  },
  async propose() {
    const { fields, merchant, base, picked, shown } = this.data
    const coins = numberOf(fields, 'coins')
    if (!textOf(fields, 'title') || !coins) {
      this.setData({ refusal: '请写明叫什么、要几枚。' })
      return
    }
    const isSent = await this.sendForm(async () => {
      const fileId = picked ? await sendPicture('offer-picture', picked) : shown ? base.fileId ?? null : null
      await proposeOffer(merchant, this.query['id'], {
        ...base, title: textOf(fields, 'title'), coins, description: textOrNull(fields, 'description'), extraText: textOrNull(fields, 'extra'), fileId, stockPerDay: numberOf(fields, 'perDay'), perPersonDay: numberOf(fields, 'perPerson'),
        from: textOrNull(fields, 'from'), to: textOrNull(fields, 'to'),
      })
    }, AT)
    if (isSent) this.setData({ said: true })
  },
  back: () => void wx.navigateBack({}),
})

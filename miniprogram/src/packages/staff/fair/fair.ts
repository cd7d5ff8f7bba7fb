import type { MarketForm } from '../../../api/schema'
import { page } from '../../../components/page'
import { addDays, dayOf, instantOf, timeOf } from '../../../domain/dates'
import { filled, numberOf, textOf, type Field, type Filled } from '../../../domain/fields'
import { getCommunity } from '../../../services/community'
import { addMarket, changeMarket, getStaffMarket } from '../../../services/markets'

/** A week from now: neighbours need the days to apply. */
const DAYS_AHEAD = 7

const form = (m: Partial<MarketForm>, day: string): Field[] => [
  { key: 'title', label: '叫什么', type: 'text', value: m.title ?? '', placeholder: '比如：秋日公益集市', max: 40 },
  { key: 'description', label: '说明', type: 'area', value: m.description ?? '', placeholder: '一两句话，居民看得懂。', max: 1000 },
  { key: 'day', label: '哪一天', type: 'date', value: day },
  { key: 'from', label: '几点开始', type: 'time', value: m.startsAt ? timeOf(m.startsAt).padStart(5, '0') : '09:00' },
  { key: 'to', label: '几点收摊', type: 'time', value: m.endsAt ? timeOf(m.endsAt).padStart(5, '0') : '12:00' },
  { key: 'address', label: '在哪里', type: 'text', value: m.address ?? '', placeholder: '比如：社区广场', max: 100 },
  { key: 'stalls', label: '最多几个摊位', type: 'number', value: String(m.maxStalls ?? 20), max: 3 },
]

/** A market's form, new or changed. */
page({
  data: { fields: [] as Field[], version: 0 },
  async load(query) {
    const { today } = await getCommunity()
    if (!query['id']) return { fields: form({}, addDays(today, DAYS_AHEAD)) }
    const market = await getStaffMarket(query['id'])
    return { fields: form(market, dayOf(market.startsAt)), version: market.version }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  async save() {
    const { fields, version } = this.data
    const [day, maxStalls] = [textOf(fields, 'day'), numberOf(fields, 'stalls')]
    const empty = fields.find((f) => !textOf(fields, f.key))
    if (empty || !maxStalls) {
      this.setData({ refusal: empty ? `请填：${empty.label}。` : '摊位请填整数。' })
      return
    }
    const market: MarketForm = {
      title: textOf(fields, 'title'), description: textOf(fields, 'description'), startsAt: instantOf(day, textOf(fields, 'from')), endsAt: instantOf(day, textOf(fields, 'to')), address: textOf(fields, 'address'), maxStalls,
    }
    await this.act(async () => {
      const { id } = this.query['id'] ? await changeMarket(this.query['id'], market, version) : await addMarket(market)
      if (this.query['id']) await wx.navigateBack({})
      else await wx.redirectTo({ url: `/packages/staff/market/market?id=${id}` })
    })
  },
})

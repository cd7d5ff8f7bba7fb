import type { ListMerchantStaffItem, ListMerchantsItem } from '../../../api/schema'
import { askText, confirm } from '../../../components/ask'
import { page } from '../../../components/page'
import { community, origin } from '../../../config'
import { invitationLink } from '../../../domain/codes'
import { addDays, dayOf, instantOf, longDay, moment } from '../../../domain/dates'
import { filled, textOf, type Field, type Filled } from '../../../domain/fields'
import { getCommunity } from '../../../services/community'
import { clerkCode, getMerchant, listClerks, listJobs, removeClerk, rest, setHours } from '../../../services/till'

const DAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日']

const hoursForm = (m: ListMerchantsItem): Field[] => [
  { key: 'from', label: '几点开始换', type: 'time', value: m.opensAt.slice(0, 5) },
  { key: 'to', label: '几点结束', type: 'time', value: m.closesAt.slice(0, 5) },
]

/** Days of a merchant as bits, Monday the lowest. */
const daysOf = (bits: number) => DAYS.map((text, i) => ({ day: i + 1, text, on: (bits & (1 << i)) !== 0 }))

const clerkView = (c: ListMerchantStaffItem, today: string) => ({ id: c.id, name: c.name, isOwner: c.post === 'owner', note: c.post === 'owner' ? '负责人' : `店员，${moment(c.lastUsedAt, today)}用过` })

/** 本店: clerks by code, the hours of exchange, a rest. */
page({
  data: { merchant: '', name: '', isOwner: false, rests: '', today: '', fields: [] as Field[], days: [] as ReturnType<typeof daysOf>, clerks: [] as ReturnType<typeof clerkView>[], code: '', codeLink: '', codeUntil: '', saved: false },
  async load() {
    const [{ today }, { chosen }] = await Promise.all([getCommunity(), listJobs()])
    const isOwner = chosen!.post === 'owner'
    const [m, clerks] = await Promise.all([getMerchant(chosen!.merchantId), isOwner ? listClerks(chosen!.merchantId) : []])
    return {
      merchant: m.id, name: m.name, isOwner, today, rests: m.restsUntil ? `${longDay(dayOf(m.restsUntil), today)}起恢复` : '', fields: hoursForm(m), days: daysOf(m.openDays), clerks: clerks.map((c) => clerkView(c, today)),
    }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), saved: false })
  },
  tick(event: WechatMiniprogram.BaseEvent<object, { day: number }>) {
    this.setData({ days: this.data.days.map((d) => (d.day === event.currentTarget.dataset.day ? { ...d, on: !d.on } : d)), saved: false })
  },
  async save() {
    const { merchant, days, fields } = this.data
    this.setData({ saved: await this.act(() => setHours(merchant, days.filter((d) => d.on).map((d) => d.day), textOf(fields, 'from'), textOf(fields, 'to'))) })
  },
  async rest() {
    const { merchant, rests, today } = this.data
    const days = rests ? '0' : await askText('休息几天', '比如 3，最后一天也不换')
    if (days === undefined) return
    if (!/^\d{1,2}$/.test(days)) this.setData({ refusal: '请填几天，比如 3。' })
    else if (await this.act(() => rest(merchant, rests ? null : instantOf(addDays(today, Math.max(Number(days), 1)), '0:00')))) await this.reload()
  },
  async makeCode() {
    await this.act(async () => {
      const { code, expiresAt } = await clerkCode(this.data.merchant)
      this.setData({ code, codeLink: invitationLink(origin, 'clerk', community, code), codeUntil: moment(expiresAt, this.data.today) })
    })
  },
  async remove(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const clerk = this.data.clerks.find((c) => c.id === event.currentTarget.dataset.id)!
    if (clerk.isOwner || !(await confirm('移除店员？', `${clerk.name}马上不能再操作柜台。`, '移除'))) return
    if (await this.act(() => removeClerk(this.data.merchant, clerk.id, '店主移除'))) await this.reload()
  },
})

import type { DayOfWeek } from '../../../api/schema'
import { page } from '../../../components/page'
import { filled, numberOf, textOf, type Field, type Filled } from '../../../domain/fields'
import { minutesBetween } from '../../../domain/dates'
import { weekdays } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { addRota } from '../../../services/house'

/** Which field a refusal is about: how long it is follows from when it ends. */
const AT = { '$.minutes': 'to', 'rota.day_over': 'from' }

const form = (today: string): Field[] => [
  { key: 'weekday', label: '每周哪一天', type: 'choice', value: 'monday', options: weekdays },
  { key: 'startsAt', label: '几点开始', type: 'time', value: '09:00' },
  { key: 'to', label: '几点结束', type: 'time', value: '11:00', hint: '比开始早就是第二天。' },
  { key: 'capacity', label: '要几个人', type: 'number', value: '2', max: 3 },
  { key: 'from', label: '从哪一天起', type: 'date', value: today },
]

/** One line of a post's week. */
page({
  // What is half filled in stays when the phone wakes up.
  isOnce: true,
  data: { fields: form('') },
  async load() {
    const { today } = await getCommunity()
    return { fields: form(today) }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  async save() {
    const { fields } = this.data
    const startsAt = textOf(fields, 'startsAt')
    const line = { weekday: textOf(fields, 'weekday') as DayOfWeek, startsAt: `${startsAt}:00`, minutes: minutesBetween(startsAt, textOf(fields, 'to')), capacity: numberOf(fields, 'capacity') || 0, from: textOf(fields, 'from') }
    if (await this.sendForm(() => addRota(this.query['post']!, line), AT)) await wx.navigateBack({})
  },
})

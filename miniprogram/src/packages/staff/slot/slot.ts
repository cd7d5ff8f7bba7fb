import type { ShiftForm } from '../../../api/schema'
import { page } from '../../../components/page'
import { addDays, dayOf, instantOf, timeOf } from '../../../domain/dates'
import { filled, isOn, numberOf, ON, textOf, textOrNull, type Field, type Filled } from '../../../domain/fields'
import { getCommunity } from '../../../services/community'
import { addShift, changeShift, getPlan } from '../../../services/planning'

/** Which field a refusal is about. */
const AT = { 'shift.time_bad': 'to', 'shift.begun': 'day', 'shift.capacity_taken': 'capacity' }

const fields = (f: Partial<ShiftForm>, tomorrow: string): Field[] => [
  { key: 'day', label: '哪一天', type: 'date', value: f.startsAt ? dayOf(f.startsAt) : tomorrow },
  { key: 'from', label: '几点开始', type: 'time', value: f.startsAt ? timeOf(f.startsAt).padStart(5, '0') : '09:00' },
  { key: 'to', label: '几点结束', type: 'time', value: f.endsAt ? timeOf(f.endsAt).padStart(5, '0') : '11:30', hint: '比开始早就是第二天。' },
  { key: 'capacity', label: '多少人', type: 'number', value: f.capacity ? String(f.capacity) : '12', max: 5 },
  { key: 'address', label: '在哪里集合', type: 'text', value: f.address ?? '', placeholder: '比如：3 栋架空层', max: 100 },
  { key: 'minAge', label: '最小年龄（不限就不填）', type: 'number', value: f.minAge ? String(f.minAge) : '', max: 2 },
  { key: 'guardian', label: '未成年人要家长一起报名', type: 'switch', value: f.isGuardianNeeded ? ON : '' },
  { key: 'skills', label: '需要的技能（没有就不填）', type: 'text', value: f.skills ?? '', max: 100 },
]

/** A shift's form: when, where (in words, and in the place tree for the venue's code), how many, who leads. */
page({
  // What is half filled in stays when the phone wakes up.
  isOnce: true,
  data: { base: {} as Partial<ShiftForm>, version: 0, fields: fields({}, ''), leaderId: '', leader: '', placeId: '', place: '' },
  async load(query) {
    const [{ today }, plan] = await Promise.all([getCommunity(), getPlan(query['activity']!)])
    const shift = plan.shifts.find((s) => s.id === query['id'])
    return { base: shift?.form ?? {}, version: shift?.version ?? 0, fields: fields(shift?.form ?? {}, addDays(today, 1)), leaderId: shift?.form.leaderId ?? '', leader: shift?.leader?.name ?? '', placeId: shift?.form.placeId ?? '', place: shift?.form.placeId ? '已经选了一处' : '' }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  where(event: WechatMiniprogram.CustomEvent<{ id: string; name: string }>) {
    this.setData({ placeId: event.detail.id, place: event.detail.name, refusal: '' })
  },
  pick(event: WechatMiniprogram.CustomEvent<{ memberId: string; name: string }>) {
    this.setData({ leaderId: event.detail.memberId, leader: event.detail.name, refusal: '' })
  },
  async save() {
    const { fields, base, version, leaderId, placeId } = this.data
    const [capacity, minAge] = [numberOf(fields, 'capacity'), numberOf(fields, 'minAge')]
    if (!capacity || Number.isNaN(minAge) || !textOf(fields, 'address')) {
      this.setData({ refusal: '请写明在哪里集合、多少人。' })
      return
    }
    const [day, from, to] = [textOf(fields, 'day'), textOf(fields, 'from'), textOf(fields, 'to')]
    const form: ShiftForm = {
      latitude: null, longitude: null, radiusMetres: null, ...base, placeId: placeId || null,
      startsAt: instantOf(day, from), endsAt: instantOf(to > from ? day : addDays(day, 1), to), capacity, address: textOf(fields, 'address'), leaderId: leaderId || null, minAge, isGuardianNeeded: isOn(fields, 'guardian'), skills: textOrNull(fields, 'skills'),
    }
    await this.sendForm(async () => {
      await (this.query['id'] ? changeShift(this.query['id'], form, version) : addShift(this.query['activity']!, form))
      await wx.navigateBack({})
    }, AT)
  },
})

import { go, page } from '../../../components/page'
import { dayOf, longDay, weekday } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import { listLedShifts } from '../../../services/door'
import { choose, shiftView, type ShiftView } from '../led'

type OfShift = WechatMiniprogram.BaseEvent<object, { id: string }>

/** 今天: the shifts of today with their door, those that wait to be verified, those to come. */
page({
  data: { day: '', today: [] as ShiftView[], waiting: [] as ShiftView[], later: [] as ShiftView[] },
  async load() {
    const [{ today }, coming, past] = await Promise.all([getCommunity(), listLedShifts(), listLedShifts(true)])
    const views = coming.items.map((s) => shiftView(s, today))
    return {
      day: `${longDay(today, today)}${weekday(today)}`,
      today: views.filter((s) => dayOf(s.startsAt) <= today),
      waiting: past.items.filter((s) => s.toVerify > 0).map((s) => shiftView(s, today)),
      later: views.filter((s) => dayOf(s.startsAt) > today),
    }
  },
  door: (event: OfShift) => go(`/packages/leader/door/door?id=${event.currentTarget.dataset.id}`),
  shift: (event: OfShift) => go(`/packages/leader/shift/shift?id=${event.currentTarget.dataset.id}`),
  roster: (event: OfShift) => tab('roster', event),
  verify: (event: OfShift) => tab('verify', event),
})

function tab(name: string, event: OfShift) {
  choose(event.currentTarget.dataset.id)
  void wx.redirectTo({ url: `/packages/leader/${name}/${name}` })
}

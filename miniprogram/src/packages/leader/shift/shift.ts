import { go, page } from '../../../components/page'
import { getCommunity } from '../../../services/community'
import { listShiftsWithNeeds } from '../../../services/needs'
import { choose, ledShifts, type ShiftView } from '../led'

/** A shift of the leader: where a notice leads, and from where everything of it is a tap away. */
page({
  data: { shift: null as ShiftView | null, helps: false, over: false, missing: false },
  async load(query) {
    const [{ today, now }, helping] = await Promise.all([getCommunity(), listShiftsWithNeeds()])
    const shift = (await ledShifts(today, query['id'])).shifts.find((s) => s.id === query['id'])
    if (shift) choose(shift.id)
    return { shift: shift ?? null, helps: helping.includes(query['id']!), over: shift !== undefined && Date.parse(shift.endsAt) <= Date.parse(now), missing: !shift }
  },
  go(event: WechatMiniprogram.BaseEvent<object, { to: string }>) {
    go(`/packages/leader/${event.currentTarget.dataset.to}?id=${this.query['id']}`)
  },
})

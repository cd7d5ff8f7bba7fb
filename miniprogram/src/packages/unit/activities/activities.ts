import { page } from '../../../components/page'
import { dayOf, nearDay, span } from '../../../domain/dates'
import { listActivities } from '../../../services/activities'
import { getCommunity } from '../../../services/community'
import { contactUnits } from '../units'

/** 活动: what the unit organises first, then what its people may join. */
page({
  data: { own: [] as { id: string; title: string; when: string }[], others: [] as { id: string; title: string; when: string }[] },
  async load() {
    const [{ today }, { chosen }, found] = await Promise.all([getCommunity(), contactUnits(), listActivities()])
    const view = (a: (typeof found.items)[number]) => ({ id: a.id, title: a.title, when: `${nearDay(dayOf(a.nextStart), today)} ${span(a.nextStart, a.nextEnd)}，还有 ${a.freePlaces} 个名额` })
    return { own: found.items.filter((a) => a.organiser === chosen?.name).map(view), others: found.items.filter((a) => a.organiser !== chosen?.name).map(view) }
  },
})

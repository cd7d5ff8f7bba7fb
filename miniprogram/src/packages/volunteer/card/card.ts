import type { VolunteerEntriesItem } from '../../../api/schema'
import { Problem } from '../../../api/problem'
import { page } from '../../../components/page'
import { hours } from '../../../domain/amounts'
import { dayOf, longDay } from '../../../domain/dates'
import { getHours } from '../../../services/coins'
import { getCommunity } from '../../../services/community'
import { getVolunteerCard, listVolunteerEntries, registerVolunteer } from '../../../services/records'

const entry = (e: VolunteerEntriesItem) => ({ id: e.id, kind: e.kind === 'training' ? '培训' : '表彰', title: e.title, giver: `${longDay(e.day, '')}，${e.giver}`, note: e.voidReason ? `已作废：${e.voidReason}` : e.minutes ? `${hours(e.minutes)} 小时` : '' })

/** 电子志愿者证: name and volunteer number, never the document's; trainings and awards beneath. */
page({
  data: { community: '', isVolunteer: false, name: '', number: '', since: '', hours: '0', entries: [] as ReturnType<typeof entry>[] },
  async load() {
    const [community, given, card] = await Promise.all([
      getCommunity(), getHours(),
      getVolunteerCard().catch((error) => {
        if (['volunteer.none', 'auth.role_needed'].includes(Problem.of(error).code)) return undefined
        throw error
      }),
    ])
    if (!card) return { community: community.name, isVolunteer: false }
    const { items } = await listVolunteerEntries()
    return { community: community.name, isVolunteer: true, name: card.displayName, number: card.number.replace(/(.{4})(?=.)/g, '$1 '), since: `${longDay(dayOf(card.registeredAt), '')}注册`, hours: hours(given.minutes), entries: items.map(entry) }
  },
  async register() {
    if (await this.act(() => registerVolunteer())) await this.reload()
  },
})

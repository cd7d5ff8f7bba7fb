import type { CheckInResponse } from '../../api/schema'
import { go, page } from '../../components/page'
import { hours } from '../../domain/amounts'
import { codeIn } from '../../domain/codes'
import { dayOf, nearDay, span, timeOf } from '../../domain/dates'
import { liveStates } from '../../domain/words'
import { checkIn, getMyCheckIn, ticketFor } from '../../services/checkin'
import { getCommunity } from '../../services/community'

interface Who {
  id: string
  name: string
  on: boolean
}

/** Where a scanned code leads. At the door: one scan is all, unless children came along. */
page({
  data: {
    step: 'unknown' as 'unknown' | 'choose' | 'done',
    activity: '', when: '', ticket: '',
    people: [] as Who[],
    count: 0,
    title: '', time: '', say: '', lines: [] as string[],
  },
  async load(query) {
    const code = codeIn(decodeURIComponent(query['q'] ?? ''))
    if (!code?.startsWith('check-in.')) return { step: 'unknown' as const }
    const ticket = await ticketFor(code)
    const [{ today }, mine] = await Promise.all([getCommunity(), getMyCheckIn(ticket.shiftId)])
    const about = { activity: ticket.activity, when: `${nearDay(dayOf(ticket.startsAt), today)} ${span(ticket.startsAt, ticket.endsAt)}`, ticket: ticket.ticket }
    const people = mine.people.filter((p) => p.isSelf || (p.state && [...liveStates, 'checkedIn'].includes(p.state))).map((p) => ({ id: p.memberId, name: p.isSelf ? '我' : p.name, on: true }))
    if (people.length > 1) return { ...about, step: 'choose' as const, people, count: people.length }
    return { ...about, step: 'done' as const, ...said(await checkIn(ticket.ticket, null), new Map()) }
  },
  tick(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const people = this.data.people.map((p) => (p.id === event.currentTarget.dataset.id ? { ...p, on: !p.on } : p))
    this.setData({ people, count: people.filter((p) => p.on).length, refusal: '' })
  },
  async confirm() {
    const { people, ticket } = this.data
    const going = people.filter((p) => p.on)
    if (going.length === 0) {
      this.setData({ refusal: '请勾选到了的人。' })
      return
    }
    await this.act(async () => {
      const answer = await checkIn(ticket, going.map((p) => p.id))
      this.setData({ step: 'done', ...said(answer, new Map(going.map((p) => [p.id, p.name]))) })
    })
  },
  home: () => go('/pages/home/home'),
})

function said(answer: CheckInResponse, names: Map<string, string>) {
  const first = answer.people[0]!
  const isIn = first.did === 'in'
  return {
    title: isIn ? '签到成功！' : '签退了，辛苦了！',
    time: timeOf(isIn ? first.checkedInAt : first.checkedOutAt!),
    say: isIn ? '走的时候再扫一次。' : `这次 ${hours(first.minutes ?? 0)} 小时，负责人核实后记上。`,
    lines: answer.people.length > 1 ? answer.people.map((p) => `${names.get(p.memberId) ?? '家人'} ${timeOf(p.did === 'in' ? p.checkedInAt : p.checkedOutAt!)}${p.did === 'in' ? '到' : '走'}`) : [],
  }
}

import type { CheckInResponse, FixedCode, OpenTicketResponse } from '../../api/schema'
import { go, page } from '../../components/page'
import { community } from '../../config'
import { hours } from '../../domain/amounts'
import { certificateIn, codeIn, invitationIn, personalIn } from '../../domain/codes'
import { dayOf, nearDay, span, timeOf } from '../../domain/dates'
import { liveStates } from '../../domain/words'
import { checkIn, getMyCheckIn, giveFix, ticketFor, venueTickets } from '../../services/checkin'
import { getCommunity } from '../../services/community'
import { askToTell, templatesFor } from '../../services/messages'
import { resolveScene } from '../../services/scenes'

interface Who {
  id: string
  name: string
  on: boolean
}

type Step = 'unknown' | 'someones' | 'which' | 'choose' | 'done' | 'elsewhere'

/** Where a scanned code leads. At the door: one scan is all, unless children came along or two shifts touch. */
page({
  isOnce: true,
  data: {
    step: 'unknown' as Step,
    activity: '', when: '', ticket: '',
    shifts: [] as { ticket: string; activity: string; when: string; startsAt: string; endsAt: string; shiftId: string; expiresAt: string }[],
    people: [] as Who[],
    count: 0,
    title: '', time: '', say: '', lines: [] as string[],
    templates: [] as string[],
    attendance: '', where: '',
  },
  async load(query) {
    const scene = decodeURIComponent(query['scene'] ?? '')
    if (scene) return fixed(scene)
    const scanned = decodeURIComponent(query['q'] ?? '')
    if (personalIn(scanned)) return { step: 'someones' as const }
    const place = placeOf(scanned)
    if (place) return moveTo(place)
    const code = codeIn(scanned)
    if (!code?.startsWith('check-in.')) return { step: 'unknown' as const }
    return enter(await ticketFor(code))
  },
  async pick(event: WechatMiniprogram.BaseEvent<object, { ticket: string }>) {
    const shift = this.data.shifts.find((s) => s.ticket === event.currentTarget.dataset.ticket)!
    await this.act(async () => this.setData(await enter(shift)))
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
      const templates = await templatesFor('shift').catch(() => [])
      this.setData({ step: 'done', templates, ...said(answer, new Map(going.map((p) => [p.id, p.name]))) })
    })
  },
  /** Only when it is tapped: nobody must say where they are. */
  async tellWhere() {
    const { attendance } = this.data
    await this.act(async () => {
      const isKept = await giveFix(attendance)
      this.setData({ attendance: '', where: isKept ? '记下了大致位置，30 天后删除。' : '这次不用位置，签到已经有效。' })
    })
  },
  /** The only button of a page that is done carries WeChat's prompt. */
  async finish() {
    await askToTell(this.data.templates)
    go('/pages/home/home')
  },
  home: () => go('/pages/home/home'),
})

/** In (or out) with a ticket: at once for who came alone, else who is here is asked. */
async function enter(ticket: OpenTicketResponse) {
  const [{ today }, mine] = await Promise.all([getCommunity(), getMyCheckIn(ticket.shiftId)])
  const about = { activity: ticket.activity, when: `${nearDay(dayOf(ticket.startsAt), today)} ${span(ticket.startsAt, ticket.endsAt)}`, ticket: ticket.ticket }
  const people = mine.people.filter((p) => p.isSelf || (p.state && [...liveStates, 'checkedIn'].includes(p.state))).map((p) => ({ id: p.memberId, name: p.isSelf ? '我' : p.name, on: true }))
  if (people.length > 1) return { ...about, step: 'choose' as const, people, count: people.length }
  const answer = await checkIn(ticket.ticket, null)
  return { ...about, step: 'done' as const, ...said(answer, new Map()), templates: await templatesFor('shift').catch(() => []) }
}

/** The pages that printed codes open. */
const PLACES: Partial<Record<FixedCode, string>> = { merchant: '/pages/shop/shop', activity: '/pages/activity/activity', stall: '/packages/volunteer/stall/stall', need: '/packages/volunteer/need/need' }

/** A printed code: a venue's checks in, a merchant's, an activity's, a stall's and a need's open their page. */
async function fixed(scene: string) {
  const { purpose, subject } = await resolveScene(scene)
  if (purpose === 'venue') {
    const [{ today }, tickets] = await Promise.all([getCommunity(), venueTickets(scene)])
    if (tickets.length === 1) return enter(tickets[0]!)
    return { step: 'which' as const, shifts: tickets.map((t) => ({ ...t, when: `${nearDay(dayOf(t.startsAt), today)} ${span(t.startsAt, t.endsAt)}` })) }
  }
  if (purpose === 'card') return { step: 'someones' as const }
  const page = PLACES[purpose]
  if (!page) return { step: 'unknown' as const }
  return moveTo(`${page}?id=${subject}`)
}

const moveTo = (url: string) => {
  void wx.redirectTo({ url })
  return { step: 'elsewhere' as const }
}

/** The page of a code that is a link but opens no door: an invitation of a unit or a merchant, a certificate. What it says is the server's to judge. */
function placeOf(scanned: string): string | undefined {
  const [invitation, certificate] = [invitationIn(scanned, community), certificateIn(scanned, community)]
  if (invitation) return `${invitation.what === 'unit' ? '/packages/volunteer/units/units' : '/packages/merchant/counter/counter'}?code=${invitation.code}`
  return certificate && `/packages/volunteer/verify/verify?number=${certificate}`
}

function said(answer: CheckInResponse, names: Map<string, string>) {
  const first = answer.people[0]!
  const isIn = first.did === 'in'
  return {
    title: isIn ? '签到成功！' : '签退了，辛苦了！',
    time: timeOf(isIn ? first.checkedInAt : first.checkedOutAt!),
    say: isIn ? '走的时候再扫一次。' : `这次 ${hours(first.minutes ?? 0)} 小时，负责人核实后记上。`,
    attendance: first.attendanceId,
    lines: answer.people.length > 1 ? answer.people.map((p) => `${names.get(p.memberId) ?? '家人'} ${timeOf(p.did === 'in' ? p.checkedInAt : p.checkedOutAt!)}${p.did === 'in' ? '到' : '走'}`) : [],
  }
}

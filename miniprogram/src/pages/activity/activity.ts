import type { ChildView, PublicActivitiesDetail, PublicActivitiesShiftItem } from '../../api/schema'
import { go, page } from '../../components/page'
import { dayOf, fullDay, nearDay, partOfDay, span, type Day } from '../../domain/dates'
import { liveStates, signupStates } from '../../domain/words'
import { getActivity, listSignups, signUp } from '../../services/activities'
import { getCommunity } from '../../services/community'
import { askToTell, templatesFor } from '../../services/messages'
import { getMembership, listChildren, listFamily } from '../../services/people'
import { getSummary } from '../../services/summaries'

interface Who {
  id: string
  name: string
  age: string
  note: string
  isChild: boolean
  on: boolean
}

const shiftView = (s: PublicActivitiesShiftItem, today: Day, several: boolean) => ({
  id: s.id,
  part: several ? `${nearDay(dayOf(s.startsAt), today)}${partOfDay(s.startsAt)}` : partOfDay(s.startsAt),
  span: span(s.startsAt, s.endsAt),
  free: s.freePlaces,
  places: s.freePlaces > 0 ? `还有 ${s.freePlaces} 个名额` : '满了，可以候补',
})

const hostsOf = (a: PublicActivitiesDetail) => [a.guidedBy && `${a.guidedBy}指导`, a.hostedBy && `${a.hostedBy}主办`, a.runBy && `${a.runBy}承办`].filter(Boolean).join('，') || a.organiser || ''

const childWho = (c: ChildView): Who => ({ id: c.memberId, name: c.name, age: `${c.age} 岁`, note: c.needsCompany ? '请您全程陪着' : '', isChild: true, on: false })

/** 活动详情: facts, a shift, who goes, one button. */
page({
  data: {
    title: '', hosts: '', over: '', when: '', where: '', description: '', brings: '', contact: '', contactPhone: '', safety: '',
    mine: [] as { id: string; text: string; state: string; tone: string }[],
    shifts: [] as ReturnType<typeof shiftView>[],
    thanks: '', summary: [] as string[],
    shift: '',
    people: [] as Who[],
    consentFor: '', agreed: false, canJoin: false, button: '', templates: [] as string[],
  },
  async load(query) {
    const [community, activity, membership, children, family, signups, templates] = await Promise.all([
      getCommunity(), getActivity(query['id']!), getMembership(), listChildren(), listFamily(), listSignups(), templatesFor('signup').catch(() => []),
    ])
    // Public words may be taken back between the two answers.
    const summary = activity.hasSummary ? await getSummary(activity.id).catch(() => undefined) : undefined
    const coming = activity.state === 'published' ? activity.shifts.filter((s) => Date.parse(s.endsAt) > Date.parse(community.now)) : []
    const past = activity.shifts.filter((s) => Date.parse(s.startsAt) <= Date.parse(community.now)).at(-1)
    const mine = signups.items.filter((s) => s.activityId === activity.id && liveStates.includes(s.state))
    const days = new Set(coming.map((s) => dayOf(s.startsAt)))
    const first = coming[0]
    const me: Who = { id: membership.memberId, name: '我', age: '', note: '', isChild: false, on: true }
    const helped = family.filter((l) => !l.isHelper && l.rights.maySignUp)
    const names = new Map([[membership.memberId, '我'], ...[...children, ...helped].map((c) => [c.memberId, c.name] as const)])
    const people = [me, ...children.map(childWho), ...helped.map((l): Who => ({ id: l.memberId, name: l.name, age: '', note: '', isChild: false, on: false }))]
    const shift = coming.find((s) => s.freePlaces > 0) ?? first
    return {
      title: activity.title,
      hosts: hostsOf(activity),
      over: activity.cancelReason ? `活动取消了：${activity.cancelReason}` : first ? '' : '这个活动已经结束了，谢谢您的关心。',
      when: first ? (days.size === 1 ? fullDay(dayOf(first.startsAt), community.today) : `${coming.length} 个时段，见下面`) : '没有新的时段',
      where: first?.address ?? '',
      description: activity.description ?? '',
      brings: activity.isHoursOnly || !shift?.coins ? '只记服务时长' : `预计 ${shift.coins} 枚`,
      contact: activity.contactPhone ? `${activity.contactName ?? '联系人'} ${activity.contactPhone}` : '',
      contactPhone: activity.contactPhone ?? '',
      safety: [activity.risks, activity.insurance].filter(Boolean).join('\n'),
      mine: mine.map((s) => ({ id: s.id, text: `${names.get(s.memberId) ?? '家人'}，${nearDay(dayOf(s.startsAt), community.today)} ${span(s.startsAt, s.endsAt)}`, state: signupStates[s.state].text, tone: signupStates[s.state].tone })),
      shifts: coming.map((s) => shiftView(s, community.today, days.size > 1)),
      shift: shift?.id ?? '',
      thanks: past && activity.state !== 'cancelled' ? `/packages/volunteer/thanks/thanks?shift=${past.id}&activity=${encodeURIComponent(activity.title)}` : '',
      summary: summary?.text.split('\n') ?? [],
      people,
      canJoin: coming.length > 0,
      templates,
      ...buttonOf(coming.map((s) => shiftView(s, community.today, days.size > 1)), shift?.id ?? '', people),
    }
  },
  choose(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const shift = event.currentTarget.dataset.id
    this.setData({ shift, refusal: '', ...buttonOf(this.data.shifts, shift, this.data.people) })
  },
  tick(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const people = this.data.people.map((p) => (p.id === event.currentTarget.dataset.id ? { ...p, on: !p.on } : p))
    this.setData({ people, agreed: false, refusal: '', ...buttonOf(this.data.shifts, this.data.shift, people) })
  },
  agree() {
    this.setData({ agreed: !this.data.agreed, refusal: '' })
  },
  async join() {
    const { shift, people, busy, consentFor, agreed, templates } = this.data
    const who = people.filter((p) => p.on).map((p) => p.id)
    if (busy) return
    if (who.length === 0 || (consentFor && !agreed)) {
      this.setData({ refusal: who.length === 0 ? '请先勾选谁去。' : '请先勾选上面的同意。' })
      return
    }
    // First in the tap, or WeChat refuses it.
    const asked = askToTell(templates)
    await this.act(async () => {
      await asked
      const { signups } = await signUp(shift, who)
      go(`/pages/signups/signups?id=${signups[0]!.id}&new=1`)
    })
  },
  /** The card that WeChat sends on. It brings nobody anything. */
  onShareAppMessage() {
    return { title: this.data.title, path: `/pages/activity/activity?id=${this.query['id']}` }
  },
  callContact() {
    void wx.makePhoneCall({ phoneNumber: this.data.contactPhone })
  },
})

function buttonOf(shifts: ReturnType<typeof shiftView>[], id: string, people: Who[]) {
  const shift = shifts.find((s) => s.id === id)
  const going = people.filter((p) => p.on)
  return {
    button: shift && shift.free >= going.length ? `报名，${shift.part} ${going.length} 人` : '满了，排候补',
    consentFor: going.filter((p) => p.isChild).map((p) => p.name).join('、'),
  }
}

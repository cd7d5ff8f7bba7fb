import type { SignupView } from '../../api/schema'
import { go, page } from '../../components/page'
import { dayOf, longDay, nearDay, span, timeOf, type Day } from '../../domain/dates'
import { liveStates, signupStates } from '../../domain/words'
import { acceptPlace, cancelSignup, listSignups } from '../../services/activities'
import { getCommunity } from '../../services/community'
import { listShiftsWithNeeds } from '../../services/needs'
import { namesOfMine } from '../../services/people'
import { listLimits } from '../../services/records'

const view = (s: SignupView, names: Map<string, string>, today: Day, now: string, helping: readonly string[]) => {
  const isLive = liveStates.includes(s.state)
  return {
    id: s.id,
    activityId: s.activityId,
    activity: s.activity,
    who: names.size > 1 ? `${names.get(s.memberId) ?? '家人'}，` : '',
    when: `${nearDay(dayOf(s.startsAt), today)} ${span(s.startsAt, s.endsAt)}`,
    address: s.address,
    state: signupStates[s.state].text,
    tone: signupStates[s.state].tone,
    note: s.position ? (s.position === 1 ? '您排在第一位' : `前面还有 ${s.position - 1} 人`) : s.answerBy && s.state === 'offered' ? `${nearDay(dayOf(s.answerBy), today)} ${timeOf(s.answerBy)} 前确认，过时让给下一位` : (s.reason ?? ''),
    canAccept: s.state === 'offered',
    canCancel: isLive && s.state !== 'checkedIn',
    isLate: Date.parse(now) >= Date.parse(s.lateFrom),
    calendar: isLive ? s.calendar : null,
    shiftId: s.shiftId,
    helps: helping.includes(s.shiftId) && s.state !== 'waitlisted' && s.state !== 'offered',
    appeal: s.state === 'noShow' ? `/packages/volunteer/appeal/appeal?id=${s.id}&activity=${encodeURIComponent(s.activity)}` : '',
  }
}

/** 我的报名: what the person and the children are going to, and what is to be answered. */
page({
  data: { items: [] as ReturnType<typeof view>[], helping: [] as readonly string[], past: false, asked: '', fresh: '', hasCalendar: false, limit: '', cursor: null as string | null },
  async load(query) {
    const [community, names, coming, limits, helping] = await Promise.all([getCommunity(), namesOfMine(), listSignups(), listLimits(), listShiftsWithNeeds()])
    const isAsked = (s: SignupView) => s.id === query['id'] || s.shiftId === query['shift']
    // A notice names a signup or a shift: it may be over by now.
    const past = query['past'] === '1' || (query['past'] === undefined && Boolean(query['id'] ?? query['shift']) && !coming.items.some(isAsked))
    const signups = past ? await listSignups(true) : coming
    const items = signups.items.filter((s) => past || liveStates.includes(s.state)).map((s) => view(s, names, community.today, community.now, helping))
    const asked = items.find((i) => i.id === query['id'] || i.shiftId === query['shift'])
    const limit = limits.find((l) => !l.liftedAt && Date.parse(l.until) > Date.parse(community.now))
    return { items, past, helping, cursor: signups.next, limit: limit ? `${longDay(dayOf(limit.until), community.today)}前暂停报名：${limit.reason}。不是这样可以申诉，或打电话给社区。` : '', asked: asked?.id ?? '', hasCalendar: Boolean(asked?.calendar), fresh: query['new'] && asked ? (asked.state === '候补中' ? '排上候补了' : '报上名了！') : '' }
  },
  async accept(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    await this.act(() => acceptPlace(event.currentTarget.dataset.id))
    await this.reload()
  },
  async cancel(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const item = this.data.items.find((i) => i.id === event.currentTarget.dataset.id)!
    const { confirm } = await wx.showModal({
      title: '取消报名？',
      content: item.isLate ? '快开始了，现在取消会告诉负责人。以后请早一点取消，好让别人来。' : '名额会让给下一位邻居。',
      confirmText: '取消报名',
      cancelText: '再想想',
    })
    if (!confirm) return
    await this.act(() => cancelSignup(item.id, item.isLate ? '临时有事' : null))
    await this.reload()
  },
  remember(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const entry = this.data.items.find((i) => i.id === event.currentTarget.dataset.id)?.calendar
    if (entry) void wx.addPhoneCalendar({ ...entry, alarm: true, endTime: String(entry.endTime) } as unknown as WechatMiniprogram.AddPhoneCalendarOption)
  },
  async more() {
    const { cursor, past } = this.data
    if (!cursor) return
    await this.act(async () => {
      const [{ today, now }, names, signups] = await Promise.all([getCommunity(), namesOfMine(), listSignups(past, cursor)])
      this.setData({ items: [...this.data.items, ...signups.items.map((s) => view(s, names, today, now, this.data.helping))], cursor: signups.next })
    })
  },
  async toggle() {
    this.query = { past: this.data.past ? '0' : '1' }
    await this.reload()
  },
  browse: () => go('/pages/activities/activities'),
})

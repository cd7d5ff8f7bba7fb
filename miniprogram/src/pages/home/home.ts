import { go, page } from '../../components/page'
import { hours } from '../../domain/amounts'
import { dayOf, daysBetween, longDay, nearDay, partOfDay, span, weekday } from '../../domain/dates'
import { liveStates, signupStates } from '../../domain/words'
import { listActivities, listSignups } from '../../services/activities'
import { getCoins, getHours } from '../../services/coins'
import { listRedemptions } from '../../services/exchange'
import { getCommunity } from '../../services/community'
import { countUnread } from '../../services/messages'
import { listMyNeeds } from '../../services/needs'
import { getMembership, listChildren } from '../../services/people'
import { reopenConsole } from '../../services/roles'
import { scan } from '../../services/scanner'

/** Coins that end within so many days are said here. */
const EXPIRY_NOTICE_DAYS = 45

/** Activities that are proposed to who has nothing planned. */
const PROPOSED = 2

/** 首页: the next shift, one scanner for every code, the two ledgers, and what waits for the person. */
page({
  data: {
    name: '',
    greeting: '',
    next: null as null | { activityId: string; activity: string; date: string; weekday: string; when: string; address: string; state: string },
    coins: 0,
    hours: '0',
    expiry: '',
    todo: [] as { text: string; url: string }[],
    near: [] as { id: string; title: string; when: string }[],
  },
  async load() {
    if (reopenConsole()) return {}
    const [community, membership, signups, coins, given, children, unread, redemptions, needs] = await Promise.all([
      getCommunity(), getMembership(), listSignups(), getCoins(), getHours(), listChildren(), countUnread(), listRedemptions(), listMyNeeds(),
    ])
    const live = signups.items.filter((s) => liveStates.includes(s.state))
    const first = live[0]
    const near = first ? [] : (await listActivities()).items.slice(0, PROPOSED)
    const together = live.filter((s) => s.shiftId === first?.shiftId).length
    const day = first && dayOf(first.startsAt)
    const soon = coins.lots.find((lot) => daysBetween(community.today, lot.expiresOn) <= EXPIRY_NOTICE_DAYS)
    return {
      name: membership.displayName,
      greeting: first ? `${nearDay(day!, community.today)}${partOfDay(first.startsAt)}，${first.activity}等您。` : '看看附近有什么可以帮忙的。',
      next: first
        ? {
            activityId: first.activityId,
            activity: first.activity,
            date: String(Number(day!.slice(8))),
            weekday: weekday(day!),
            when: `${nearDay(day!, community.today)} ${span(first.startsAt, first.endsAt)}`,
            address: first.address,
            state: together > 1 ? `一起去，共 ${together} 人` : signupStates[first.state].text,
          }
        : null,
      near: near.map((a) => ({ id: a.id, title: a.title, when: `${nearDay(dayOf(a.nextStart), community.today)} ${span(a.nextStart, a.nextEnd)}，${a.nextAddress}` })),
      coins: Number(coins.available),
      hours: hours(given.minutes),
      expiry: soon ? `${soon.amount} 枚 ${longDay(soon.expiresOn, community.today)}到期` : '',
      todo: [
        ...redemptions.items.filter((r) => r.awaitsConsent).map((r) => ({ text: `${r.title} ${r.coins} 枚，等您确认`, url: `/pages/held/held?id=${r.id}` })),
        ...live.filter((s) => s.state === 'offered').map((s) => ({ text: `${s.activity}有空位了，等您确认`, url: `/pages/signups/signups?id=${s.id}` })),
        ...needs.items.filter((n) => n.mayThank).map((n) => ({ text: `${n.source === 'self' ? '' : `${n.helpedName}的`}求助帮好了吗？说声谢谢`, url: `/packages/volunteer/need/need?id=${n.id}` })),
        ...children.filter((c) => c.consent === 'guardianNeeded' || c.consent === 'bothNeeded').map((c) => ({ text: `${c.name}参加活动，等您同意`, url: '/packages/volunteer/family/family' })),
        ...(membership.documentsToAccept.length > 0 ? [{ text: '规则有新版本，请看一看', url: `/pages/document/document?id=${membership.documentsToAccept[0]!.id}` }] : []),
        ...(unread > 0 ? [{ text: `${unread} 条消息没看`, url: '/pages/messages/messages' }] : []),
      ],
    }
  },
  async scan() {
    const url = await scan()
    if (url) go(url)
  },
})

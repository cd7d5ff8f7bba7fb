import type { ConsentState } from '../../api/schema'
import { page } from '../../components/page'
import { hours } from '../../domain/amounts'
import { consolesOf, type ConsoleKey } from '../../domain/consoles'
import { roleNames } from '../../domain/words'
import { getCoins, getHours } from '../../services/coins'
import { listDocuments } from '../../services/community'
import { countUnread } from '../../services/messages'
import { getMe, getMembership, listChildren } from '../../services/people'
import { enterConsole } from '../../services/roles'

const notes: Record<ConsentState, string> = { valid: '', guardianNeeded: '等您同意', childNeeded: '等孩子同意', bothNeeded: '等您和孩子同意' }

/** 我的: what is the person's, the family, the rules, the settings. */
page({
  data: {
    name: '', roles: '', coins: 0, hours: '0', unread: 0,
    children: [] as { memberId: string; name: string; age: number; note: string }[],
    documents: [] as { id: string; title: string }[],
    consoles: [] as { key: ConsoleKey; name: string; what: string }[],
  },
  async load() {
    const [membership, me, coins, given, unread, children, documents] = await Promise.all([getMembership(), getMe(), getCoins(), getHours(), countUnread(), listChildren(), listDocuments()])
    return {
      name: membership.displayName,
      roles: me.roles.map((r) => roleNames[r]).join('、'),
      coins: Number(coins.available),
      hours: hours(given.minutes),
      unread,
      children: children.map((c) => ({ memberId: c.memberId, name: c.name, age: c.age, note: notes[c.consent] })),
      documents: documents.map(({ id, title }) => ({ id, title })),
      consoles: consolesOf(me.roles).map(({ key, name, what }) => ({ key, name, what })),
    }
  },
  enter: (event: WechatMiniprogram.BaseEvent<object, { key: ConsoleKey }>) => enterConsole(event.currentTarget.dataset.key),
})

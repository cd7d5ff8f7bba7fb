import { page } from '../../components/page'
import { hours } from '../../domain/amounts'
import { consolesOf, type ConsoleKey } from '../../domain/consoles'
import { consentNotes, roleNames } from '../../domain/words'
import { getCoins, getHours } from '../../services/coins'
import { listDocuments } from '../../services/community'
import { countUnread } from '../../services/messages'
import { getMe, getMembership, listChildren } from '../../services/people'
import { enterConsole } from '../../services/roles'

/** 我的: what is the person's, the family, the rules, the settings. */
page({
  data: {
    name: '', roles: '', coins: 0, hours: '0', unread: 0, family: '',
    documents: [] as { id: string; title: string }[],
    consoles: [] as { key: ConsoleKey; name: string; what: string }[],
  },
  async load() {
    const [membership, me, coins, given, unread, children, documents] = await Promise.all([getMembership(), getMe(), getCoins(), getHours(), countUnread(), listChildren(), listDocuments()])
    const waits = children.filter((c) => c.consent === 'guardianNeeded' || c.consent === 'bothNeeded')
    return {
      name: membership.displayName,
      roles: me.roles.map((r) => roleNames[r]).join('、'),
      coins: Number(coins.available),
      hours: hours(given.minutes),
      unread,
      family: waits.length > 0 ? `${waits[0]!.name}${consentNotes[waits[0]!.consent]}` : '',
      documents: documents.map(({ id, title }) => ({ id, title })),
      consoles: consolesOf(me.roles).map(({ key, name, what }) => ({ key, name, what })),
    }
  },
  enter: (event: WechatMiniprogram.BaseEvent<object, { key: ConsoleKey }>) => enterConsole(event.currentTarget.dataset.key),
})

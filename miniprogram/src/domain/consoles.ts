import type { Role } from '../api/schema'

/** The working side of the program: one console for each kind of role. */
export type ConsoleKey = 'leader' | 'staff' | 'merchant' | 'unit' | 'audit'

/** A console: what it is called in 我的, whose it is, and the pages of its bar. */
export interface Console {
  key: ConsoleKey
  name: string
  what: string
  roles: readonly Role[]
  tabs: readonly Tab[]
}

/** A page of a console's bar; only for some of its roles where they are named. */
export interface Tab {
  key: string
  text: string
  roles?: readonly Role[]
}

/** In the order of 我的. The first tab is where a console opens. */
export const consoles: readonly Console[] = [
  { key: 'leader', name: '负责人', what: '签到、名单、核时长', roles: ['leader'], tabs: [{ key: 'today', text: '今天' }, { key: 'roster', text: '名单' }, { key: 'verify', text: '核时长' }] },
  {
    key: 'staff', name: '工作人员', what: '待办、活动、人与伙伴', roles: ['staff', 'socialWorker', 'treasurer'],
    tabs: [{ key: 'todo', text: '待办' }, { key: 'activities', text: '活动与需求', roles: ['staff', 'socialWorker'] }, { key: 'people', text: '人与伙伴' }, { key: 'books', text: '账与公示' }],
  },
  { key: 'merchant', name: '商家', what: '柜台、今天、项目', roles: ['merchantOwner', 'clerk'], tabs: [{ key: 'counter', text: '柜台' }, { key: 'today', text: '今天' }, { key: 'offers', text: '项目' }] },
  { key: 'unit', name: '单位', what: '概况、人员、活动、共建', roles: ['unitContact'], tabs: [{ key: 'overview', text: '概况' }, { key: 'people', text: '人员' }, { key: 'activities', text: '活动' }, { key: 'commitments', text: '共建' }] },
  { key: 'audit', name: '审计', what: '公示、抽查、核验、日志', roles: ['auditor'], tabs: [{ key: 'board', text: '公示' }, { key: 'checks', text: '抽查' }, { key: 'proof', text: '核验' }, { key: 'log', text: '日志' }] },
]

/** The consoles of somebody with these roles. */
export const consolesOf = (roles: readonly Role[]): Console[] => consoles.filter((c) => c.roles.some((r) => roles.includes(r)))

/** The bar of a console for somebody with these roles; all of it where they aren't known. */
export const tabsOf = (key: ConsoleKey, roles: readonly Role[] | ''): Tab[] => (consoles.find((c) => c.key === key)?.tabs ?? []).filter((t) => !t.roles || !roles || t.roles.some((r) => roles.includes(r)))

/** Where a tab of a console is. */
export const tabUrl = (key: ConsoleKey, tab: string): string => `/packages/${key}/${tab}/${tab}`

/** Where a console opens. */
export const homeOf = (key: ConsoleKey): string => tabUrl(key, consoles.find((c) => c.key === key)!.tabs[0]!.key)

/** Whether a page belongs to a console; its route is without the first slash. */
export const isOfConsole = (route: string): boolean => consoles.some((c) => route.startsWith(`packages/${c.key}/`))

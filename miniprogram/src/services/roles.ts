import { consoles, homeOf, type ConsoleKey } from '../domain/consoles'

const LAST = 'last-console'
let isOpened = false

/** Opens a console; it opens again the next time. */
export function enterConsole(key: ConsoleKey) {
  wx.setStorageSync(LAST, key)
  void wx.reLaunch({ url: homeOf(key) })
}

/** Back to the resident's side, where roles are switched; it opens there the next time. */
export function leaveConsole() {
  wx.removeStorageSync(LAST)
  void wx.switchTab({ url: '/pages/me/me' })
}

/** Once after a start on 首页: the console that was last in use. Whether it opens. */
export function reopenConsole(): boolean {
  if (isOpened || wx.getLaunchOptionsSync().path !== 'pages/home/home') return false
  isOpened = true
  const last = wx.getStorageSync(LAST) as ConsoleKey | ''
  if (!consoles.some((c) => c.key === last)) return false
  void wx.reLaunch({ url: homeOf(last as ConsoleKey) })
  return true
}

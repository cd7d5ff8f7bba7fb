import { settle } from './index.js'

export function create({ router, launch }) {
  const go = (name, act) => (options) =>
    settle(options, () => {
      act(options ?? {})
      return { errMsg: `${name}:ok` }
    })
  return {
    navigateTo: go('navigateTo', (o) => router.push(o.url)),
    redirectTo: go('redirectTo', (o) => router.replace(o.url)),
    switchTab: go('switchTab', (o) => router.tab(o.url)),
    reLaunch: go('reLaunch', (o) => router.relaunch(o.url)),
    navigateBack: go('navigateBack', (o) => router.back(o.delta ?? 1)),
    setNavigationBarTitle: go('setNavigationBarTitle', (o) => router.title(o.title)),
    startPullDownRefresh: go('startPullDownRefresh', () => router.top().onPullDownRefresh?.()),
    stopPullDownRefresh: go('stopPullDownRefresh', () => {}),
    pageScrollTo: go('pageScrollTo', (o) => {
      router.top().mp.box.scrollTop = o.scrollTop ?? 0
    }),
    showShareMenu: go('showShareMenu', () => {}),
    getLaunchOptionsSync: () => launch,
    getEnterOptionsSync: () => launch,
    onAppShow: (listener) => document.addEventListener('visibilitychange', () => !document.hidden && listener(launch)),
    onAppHide: (listener) => document.addEventListener('visibilitychange', () => document.hidden && listener()),
  }
}

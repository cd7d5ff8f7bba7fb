import { Problem } from '../api/problem'
import { isOfConsole } from '../domain/consoles'
import { refusedAt, type Field } from '../domain/fields'
import { callCommunity } from '../services/community'
import { isLarge } from '../services/display'
import { leaveConsole } from '../services/roles'

/** What every page has beside its own data. */
export interface Common {
  /** Large-text mode: the root's class. */
  large: boolean
  /** What the page shows: its skeleton, itself, or what went wrong. */
  state: 'loading' | 'ready' | 'problem'
  /** A sentence that says what to do; of a page that is ready, a notice above it. */
  problem: string
  /** Whether something is under way. */
  busy: boolean
  /** Why it couldn't be done, and what to do. */
  refusal: string
}

/** What every page does. */
export interface Ways {
  /** Loads anew. */
  reload(): Promise<void>
  /** Does one thing at a time; what it says when it can't stands in `refusal`. Whether it was done. */
  act(work: () => Promise<unknown>): Promise<boolean>
  /** Sends the form in `fields`: like `act`, but what the server refuses stands at the field that it is about, as `at` says (domain/fields). Whether it was done. */
  sendForm(work: () => Promise<unknown>, at?: Readonly<Record<string, string>>): Promise<boolean>
  /** 打电话给社区. */
  callCommunity(): void
  /** From a console to 我的, where roles are switched. */
  switchRole(): void
  /** Opens the page that an element names in data-url. */
  open(event: WechatMiniprogram.BaseEvent<object, { url: string }>): void
}

type Query = Record<string, string | undefined>
type Options<TData extends object, TOwn extends object> = TOwn & {
  /** The page's own data before it is loaded. */
  data: TData
  /** Fetches what the page shows. Pages load when they are shown, so that a page come back to is never old. */
  load(query: Query): Promise<Partial<TData>>
  /** A page of one act (a scan): done once, neither again when it is shown again nor remembered for when there is no network. */
  isOnce?: boolean
  /** Each time the page is shown, for what runs only while it is seen; `onHide` and `onUnload` end it. */
  shown?(): void
} & ThisType<WechatMiniprogram.Page.Instance<TData & Common, TOwn & Ways & { query: Query }>>

/** Defines a page that loads, shows its last content without network, asks newcomers in, and says what went wrong in the page itself. */
export function page<TData extends object, TOwn extends object>(options: Options<TData, TOwn>) {
  const { load, data, isOnce, ...own } = options
  const common = {
    data: { ...data, large: isLarge(), state: 'loading', problem: '', busy: false, refusal: '' },
    onLoad(this: Self, query: Query) {
      this.query = query
    },
    onShow(this: Self) {
      if (this.data.large !== isLarge()) this.setData({ large: isLarge() })
      if (!isOnce || this.data.state !== 'ready') void this.reload()
      this.shown?.()
    },
    async onPullDownRefresh(this: Self) {
      await this.reload()
      void wx.stopPullDownRefresh()
    },
    async reload(this: Self) {
      const key = `page:${this.route}?${JSON.stringify(this.query)}`
      try {
        const loaded = await load(this.query)
        if (!isOnce) wx.setStorageSync(key, loaded)
        this.setData({ ...loaded, state: 'ready', problem: '' })
      } catch (error) {
        const problem = Problem.of(error)
        if (problem.code === 'client.bug') console.error(error)
        const kept = isOnce ? '' : (wx.getStorageSync(key) as object | '')
        if (problem.code === 'membership.none' || (problem.code === 'auth.role_needed' && !isOfConsole(this.route))) void wx.reLaunch({ url: `/pages/welcome/welcome?to=${encodeURIComponent(address(this.route, this.query))}` })
        else if (kept && problem.code === 'client.no_network') this.setData({ ...kept, state: 'ready', problem: '没有网络，下面是上次看到的内容。' })
        else this.setData({ state: this.data.state === 'ready' ? 'ready' : 'problem', problem: problem.title })
      }
    },
    act(this: Self, work: () => Promise<unknown>) {
      return attempt(this, work, ({ title }) => ({ refusal: title }))
    },
    sendForm(this: Self, work: () => Promise<unknown>, at: Readonly<Record<string, string>> = {}) {
      return attempt(this, work, (problem) => refusedAt(this.data.fields ?? [], problem, at))
    },
    callCommunity: () => void callCommunity(),
    switchRole: () => leaveConsole(),
    open: (event: WechatMiniprogram.BaseEvent<object, { url: string }>) => go(event.currentTarget.dataset.url),
  }
  Page({ ...own, ...common })
}

/** Does one thing at a time; what `told` makes of why it couldn't be done stands in the page. */
async function attempt(page: Self, work: () => Promise<unknown>, told: (problem: Problem) => object): Promise<boolean> {
  if (page.data.busy) return false
  page.setData({ busy: true, refusal: '' })
  try {
    await work()
    return true
  } catch (error) {
    page.setData(told(Problem.of(error)))
    return false
  } finally {
    page.setData({ busy: false })
  }
}

/** A page as the ways above see it. */
interface Self extends Ways {
  data: Common & { fields?: Field[] }
  query: Query
  route: string
  setData(data: object): void
  shown?(): void
}

const TABS = ['/pages/home/home', '/pages/activities/activities', '/pages/exchange/exchange', '/pages/me/me']

/** Opens a page, tab or not. */
export function go(url: string) {
  void (TABS.includes(url.split('?')[0]!) ? wx.switchTab({ url }) : wx.navigateTo({ url }))
}

const address = (route: string, query: Query) => {
  const parts = Object.entries(query).map(([k, v]) => `${k}=${encodeURIComponent(v ?? '')}`)
  return `/${route}${parts.length > 0 ? `?${parts.join('&')}` : ''}`
}

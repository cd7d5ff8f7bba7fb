import { page } from '../../components/page'
import { getMe } from '../../services/people'

/** A row of a list of what the community keeps: opens its page. */
export interface Row {
  id: string
  title: string
  note: string
  isOff: boolean
}

type Some<T> = { items: T[]; next?: string | null }

/** A list by name, those in use or all, page by page; `url` is where one opens, with ?id; `form` where a new one begins. Staff add, social workers look. */
export function listing<T>(url: string, form: string, fetch: (withArchived: boolean, cursor?: string) => Promise<Some<T>>, view: (item: T) => Row) {
  page({
    data: { rows: [] as Row[], next: '', all: false, url, form, mayAdd: false },
    async load() {
      const [{ roles }, found] = await Promise.all([getMe(), fetch(false)])
      return { rows: found.items.map(view), next: found.next ?? '', all: false, mayAdd: roles.includes('staff') }
    },
    async choose(event: WechatMiniprogram.BaseEvent<object, { all: boolean }>) {
      const { all } = event.currentTarget.dataset
      await this.act(async () => {
        const found = await fetch(all)
        this.setData({ all, rows: found.items.map(view), next: found.next ?? '' })
      })
    },
    async onReachBottom() {
      if (!this.data.next) return
      await this.act(async () => {
        const found = await fetch(this.data.all, this.data.next)
        this.setData({ rows: [...this.data.rows, ...found.items.map(view)], next: found.next ?? '' })
      })
    },
  })
}

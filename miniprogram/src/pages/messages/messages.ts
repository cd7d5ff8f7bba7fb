import type { ReadInboxItem } from '../../api/schema'
import { go, page } from '../../components/page'
import { moment, type Day } from '../../domain/dates'
import { getCommunity } from '../../services/community'
import { listMessages, markRead } from '../../services/messages'

const view = (m: ReadInboxItem, today: Day) => ({ id: m.id, title: m.title, body: m.body, at: moment(m.createdAt, today), isRead: m.isRead, page: m.page })

/** 消息: everything that was told, whether WeChat brought it or not. A tap opens the exact record. */
page({
  data: { today: '', items: [] as ReturnType<typeof view>[], cursor: null as string | null },
  async load() {
    const [{ today }, { items, next }] = await Promise.all([getCommunity(), listMessages()])
    return { today, items: items.map((m) => view(m, today)), cursor: next }
  },
  async read(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const message = this.data.items.find((m) => m.id === event.currentTarget.dataset.id)!
    this.setData({ items: this.data.items.map((m) => (m === message ? { ...m, isRead: true } : m)) })
    if (!message.isRead) void markRead(message.id).catch(() => {})
    if (message.page) go(`/${message.page}`)
  },
  async more() {
    const { cursor } = this.data
    if (!cursor) return
    await this.act(async () => {
      const { items, next } = await listMessages(cursor)
      this.setData({ items: [...this.data.items, ...items.map((m) => view(m, this.data.today))], cursor: next })
    })
  },
})

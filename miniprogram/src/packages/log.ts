import type { ListAuditEntriesItem } from '../api/schema'
import { page } from '../components/page'
import { actionName } from '../domain/actions'
import { moment } from '../domain/dates'
import { listLog } from '../services/books'
import { getCommunity } from '../services/community'

const view = (e: ListAuditEntriesItem, today: string) => ({ id: e.id, action: actionName(e.action), subject: e.subject, reason: e.reason ?? '', when: moment(e.at, today) })

/** 操作日志, of staff and of auditors: who did what, newest first; a look into somebody's data is here too. */
export const logPage = () =>
  page({
    data: { items: [] as ReturnType<typeof view>[], next: '' },
    async load(query) {
      const [{ today }, found] = await Promise.all([getCommunity(), listLog(query['person'])])
      return { items: found.items.map((e) => view(e, today)), next: found.next ?? '' }
    },
    async onReachBottom() {
      if (!this.data.next) return
      await this.act(async () => {
        const [{ today }, found] = await Promise.all([getCommunity(), listLog(this.query['person'], this.data.next)])
        this.setData({ items: [...this.data.items, ...found.items.map((e) => view(e, today))], next: found.next ?? '' })
      })
    },
  })

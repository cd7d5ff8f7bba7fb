import type { EvidenceGrade, RecordItem } from '../../../api/schema'
import { page } from '../../../components/page'
import { hours } from '../../../domain/amounts'
import { longDay } from '../../../domain/dates'
import { listRecords } from '../../../services/audit'
import { getCommunity } from '../../../services/community'

const GRADES: Record<EvidenceGrade, string> = { a: '扫码', b: '负责人登记', c: '补录' }

const view = (r: RecordItem, today: string) => ({
  id: r.recordId, title: `${r.memberName ?? '志愿者'}，${r.activityName}`, what: `${longDay(r.day, today)}，${hours(r.minutes)} 小时${r.coins ? `，${r.coins} 枚` : ''}`, evidence: GRADES[r.grade], who: `${r.organiser}，负责人 ${r.personInCharge}${r.inTime ? '' : '，超过 10 个工作日才记'}`, version: r.version,
})

/** 全部服务记录: service records with their evidence, newest first. */
page({
  data: { items: [] as ReturnType<typeof view>[], next: '' },
  async load() {
    const [{ today }, found] = await Promise.all([getCommunity(), listRecords()])
    return { items: found.items.map((r) => view(r, today)), next: found.next ?? '' }
  },
  async onReachBottom() {
    if (!this.data.next) return
    await this.act(async () => {
      const [{ today }, found] = await Promise.all([getCommunity(), listRecords(this.data.next)])
      this.setData({ items: [...this.data.items, ...found.items.map((r) => view(r, today))], next: found.next ?? '' })
    })
  },
})

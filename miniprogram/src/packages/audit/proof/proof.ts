import { page } from '../../../components/page'
import { longDay, moment } from '../../../domain/dates'
import { listChecks, listMonthHeads } from '../../../services/books'
import { getCommunity } from '../../../services/community'

/** 核验: what every night found, and every month's signed head, which nobody can rewrite. */
page({
  data: { checks: [] as { id: string; day: string; say: string; isRight: boolean }[], heads: [] as { id: string; month: string; head: string; when: string }[] },
  async load() {
    const [{ today }, checks, heads] = await Promise.all([getCommunity(), listChecks(), listMonthHeads()])
    return {
      checks: checks.items.map((c) => ({ id: c.date, day: longDay(c.date, today), say: c.fault ?? '每一笔都对得上', isRight: !c.fault })),
      heads: heads.items.map((h) => ({ id: h.month, month: `${h.month.slice(0, 4)} 年 ${Number(h.month.slice(5, 7))} 月`, head: h.head, when: moment(h.sealedAt, today) })),
    }
  },
  copy(event: WechatMiniprogram.BaseEvent<object, { head: string }>) {
    void wx.setClipboardData({ data: event.currentTarget.dataset.head })
  },
})

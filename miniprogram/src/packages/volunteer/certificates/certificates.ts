import type { CertificateView } from '../../../api/schema'
import { go, page } from '../../../components/page'
import { hours } from '../../../domain/amounts'
import { dayOf, longDay, type Day } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import { listCertificates, openCertificate } from '../../../services/records'

const view = (c: CertificateView, today: Day) => ({
  number: c.number,
  kind: c.kind === 'schoolTerm' ? '学期志愿服务证明' : '志愿服务记录证明',
  period: `${longDay(c.from, today)}至${longDay(c.to, today)}`,
  hours: hours(c.minutes),
  records: c.records,
  at: `${longDay(dayOf(c.issuedAt), today)}开具`,
  link: c.verifyUrl,
  isValid: c.isValid,
})

/** 证明: those that were asked for; each opens as a PDF and can be verified by anybody. */
page({
  data: { today: '', items: [] as ReturnType<typeof view>[], cursor: null as string | null, fresh: '' },
  async load(query) {
    const [{ today }, { items, next }] = await Promise.all([getCommunity(), listCertificates()])
    return { today, items: items.map((c) => view(c, today)), cursor: next, fresh: query['new'] ?? '' }
  },
  async show(event: WechatMiniprogram.BaseEvent<object, { number: string }>) {
    await this.act(() => openCertificate(event.currentTarget.dataset.number))
  },
  async copy(event: WechatMiniprogram.BaseEvent<object, { link: string }>) {
    await wx.setClipboardData({ data: event.currentTarget.dataset.link })
  },
  async more() {
    const { cursor } = this.data
    if (!cursor) return
    await this.act(async () => {
      const { items, next } = await listCertificates(cursor)
      this.setData({ items: [...this.data.items, ...items.map((c) => view(c, this.data.today))], cursor: next })
    })
  },
  ask: () => go('/packages/volunteer/certificate/certificate'),
})

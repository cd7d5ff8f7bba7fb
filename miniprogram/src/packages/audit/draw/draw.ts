import type { EvidenceFact, GetSpotCheckEntry, GetSpotCheckItem } from '../../../api/schema'
import { page } from '../../../components/page'
import { tailOf } from '../../../domain/ids'
import { dayOf, longDay, moment, monthName, timeOf, type Day } from '../../../domain/dates'
import { getSpotCheck } from '../../../services/audit'
import { getCommunity } from '../../../services/community'

/** Letters of a hash that are shown; the whole is copied. */
const SHORT = 8

const when = (at: string, today: Day) => `${longDay(dayOf(at), today)} ${timeOf(at)}`

const fact = (f: EvidenceFact, today: Day) => ({ label: f.label, text: [f.text, f.at && when(f.at, today), f.who && tailOf(f.who)].filter(Boolean).join('，') || '—' })

const entry = (e: GetSpotCheckEntry) => ({ seq: String(e.seq), title: e.title, who: e.actor ? tailOf(e.actor) : '系统按规则记的', hash: `${e.hash.slice(0, SHORT)}…`, previous: `${e.previousHash.slice(0, SHORT)}…`, all: `${e.line}\n上一笔 ${e.previousHash}` })

const view = (i: GetSpotCheckItem, today: Day) => ({ place: i.place, title: i.title, facts: i.facts.map((f) => fact(f, today)), entry: i.entry ? entry(i.entry) : null })

/** One draw: each of the ten with its evidence, and its line of the journal to be held against an export. Names nobody. */
page({
  data: { title: '', what: '', items: [] as ReturnType<typeof view>[], open: 0, again: '' },
  async load({ id = '' }) {
    const [{ today }, check] = await Promise.all([getCommunity(), getSpotCheck(id)])
    const postings = Number(check.throughSeq) - Number(check.afterSeq)
    return {
      title: `${monthName(check.month)}，${check.items.length} 笔`,
      what: `${moment(check.drawnAt, today)}，从 ${check.records} 条服务记录、${postings} 笔账里抽的，抽的人${tailOf(check.drawnBy)}。`,
      items: check.items.map((i) => view(i, today)),
      again: [`种子 ${check.seed}`, `服务记录 ${check.records} 条`, `账 ${Number(check.afterSeq) + 1} 到 ${check.throughSeq}`].join('\n'),
    }
  },
  toggle(event: WechatMiniprogram.BaseEvent<object, { place: number }>) {
    const { place } = event.currentTarget.dataset
    this.setData({ open: this.data.open === place ? 0 : place })
  },
  async copy(event: WechatMiniprogram.BaseEvent<object, { text: string }>) {
    await wx.setClipboardData({ data: event.currentTarget.dataset.text })
  },
})

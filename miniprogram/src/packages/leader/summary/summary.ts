import type { SummaryDraft, SummaryFigures } from '../../../api/schema'
import { confirm } from '../../../components/ask'
import { page } from '../../../components/page'
import { hours } from '../../../domain/amounts'
import { dayOf, nearDay, type Day } from '../../../domain/dates'
import { filled, textOf, type Field, type Filled } from '../../../domain/fields'
import { getCommunity } from '../../../services/community'
import { getSummaryDraft, openSummary, publishSummary, withdrawSummary, writeSummary } from '../../../services/summaries'

const MAX_LENGTH = 4000

const figureRows = (f: SummaryFigures) => [
  { what: '志愿者', much: `${f.volunteers} 人` },
  { what: '服务时长', much: `${hours(Number(f.minutes))} 小时` },
  { what: '凤凰币', much: f.isHoursOnly ? '只记时长' : `${f.coins} 枚` },
  { what: '服务人数', much: f.peopleServed === null ? '没有填' : `${f.peopleServed} 人次` },
  { what: '解决问题', much: f.problemsSolved === null ? '没有填' : `${f.problemsSolved} 个` },
  { what: '邻居评价', much: f.ratingTenths === null ? '还没有' : `${f.ratings} 份，平均 ${(f.ratingTenths / 10).toFixed(1)} 分` },
]

function stateOf(published: SummaryDraft['published'], today: Day) {
  if (!published) return { tag: '没有公开', tone: '', about: '' }
  if (published.isHeld) return { tag: '等人审看', tone: 'held', about: '请另一位同事到“待办”里审看，通过后居民才看得到。' }
  const on = `${nearDay(dayOf(published.at), today)}公开的`
  return { tag: '已公开', tone: 'done', about: published.isCurrent ? `${on}，居民在活动页看得到。` : `居民现在看到的是${on}，和下面的文字不一样。` }
}

const draftView = (s: SummaryDraft, today: Day) => ({
  title: s.title, version: s.version, text: s.text, isOwn: s.isOwn, lines: s.text.split('\n'), missing: s.missing, figures: figureRows(s.figures), mayPublish: s.mayPublish,
  isPublic: s.published !== null, isCurrent: s.published?.isCurrent ?? false, ...stateOf(s.published, today),
})

/** 活动小结: made of what is recorded; to be read, put in own words, copied, printed, and shown to the neighbours. */
page({
  data: {
    title: '', version: 0, text: '', isOwn: false, lines: [] as string[], missing: [] as string[], figures: [] as ReturnType<typeof figureRows>, mayPublish: false, isPublic: false, isCurrent: false, tag: '', tone: '', about: '',
    writing: false, fields: [] as Field[],
  },
  async load(query) {
    const [{ today }, summary] = await Promise.all([getCommunity(), getSummaryDraft(query['activity']!)])
    return draftView(summary, today)
  },
  copy() {
    void wx.setClipboardData({ data: `${this.data.title}活动小结\n${this.data.text}` })
  },
  async print() {
    await this.act(() => openSummary(this.query['activity']!))
  },
  write() {
    this.setData({ writing: true, refusal: '', fields: [{ key: 'text', label: '小结', type: 'area', value: this.data.text, hint: '不写居民的名字和门牌。改过以后，数字变了这里不会跟着变。', max: MAX_LENGTH }] })
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail) })
  },
  leave() {
    this.setData({ writing: false, refusal: '' })
  },
  async save() {
    const text = textOf(this.data.fields, 'text')
    if (!text) return this.setData({ refusal: '请写几句，或点“不改了”。' })
    if (await this.act(() => writeSummary(this.query['activity']!, text, this.data.version))) await this.anew()
  },
  async automatic() {
    if (!(await confirm('恢复自动小结？', '改写的文字会删掉，换成按记录自动写的。', '恢复'))) return
    if (await this.act(() => writeSummary(this.query['activity']!, null, this.data.version))) await this.anew()
  },
  async publish() {
    if (!(await confirm('公开这份小结？', '社区的居民在活动页都能看到这段文字。', '公开'))) return
    if (await this.act(() => publishSummary(this.query['activity']!, this.data.version))) await this.anew()
  },
  async withdraw() {
    if (!(await confirm('撤回公开的小结？', '居民就看不到了，文字还留着。', '撤回'))) return
    if (await this.act(() => withdrawSummary(this.query['activity']!, this.data.version))) await this.anew()
  },
  async anew() {
    this.setData({ writing: false })
    await this.reload()
  },
})

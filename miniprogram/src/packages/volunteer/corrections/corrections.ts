import type { CorrectionItem } from '../../../api/schema'
import { page } from '../../../components/page'
import { dayOf, longDay, type Day } from '../../../domain/dates'
import { correctionStates } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { askCorrection, listCorrections, withdrawCorrection } from '../../../services/records'

const LEAST_WORDS = 2

const view = (c: CorrectionItem, today: Day) => ({
  id: c.id,
  text: c.text,
  state: correctionStates[c.state].text,
  tone: correctionStates[c.state].tone,
  say: c.answer ?? (c.state === 'asked' ? (c.overdue ? '社区答复晚了，请打电话催一催。' : `社区 ${longDay(c.answerBy, today)}前答复。`) : ''),
  at: `${longDay(dayOf(c.askedAt), today)}提出`,
  isOpen: c.state === 'asked',
})

/** 更正申请: of a record (by ?record) or of one that is missing; each with the day by which it is answered, and its answer. */
page({
  data: { today: '', record: '', words: '', isAsking: false, items: [] as ReturnType<typeof view>[], cursor: null as string | null },
  async load(query) {
    const [{ today }, { items, next }] = await Promise.all([getCommunity(), listCorrections()])
    const record = query['record'] ?? ''
    const waits = items.some((c) => c.recordId === record && c.state === 'asked')
    return { today, record, isAsking: Boolean(record) && !waits, items: items.map((c) => view(c, today)), cursor: next }
  },
  ask() {
    this.setData({ isAsking: true, refusal: '' })
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ words: event.detail.value })
  },
  async send() {
    const { words, record } = this.data
    if (words.trim().length < LEAST_WORDS) {
      this.setData({ refusal: '请写一写哪里不对，比如“做到了 11 点半，少记半小时”。' })
      return
    }
    if (!(await this.act(() => askCorrection(words.trim(), record || null)))) return
    this.setData({ isAsking: false, words: '' })
    await this.reload()
  },
  async withdraw(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const { confirm } = await wx.showModal({ title: '撤回申请？', content: '撤回后社区不再处理这一条，以后还可以再提。', confirmText: '撤回', cancelText: '再想想' })
    if (confirm && (await this.act(() => withdrawCorrection(event.currentTarget.dataset.id)))) await this.reload()
  },
  async more() {
    const { cursor } = this.data
    if (!cursor) return
    await this.act(async () => {
      const { items, next } = await listCorrections(cursor)
      this.setData({ items: [...this.data.items, ...items.map((c) => view(c, this.data.today))], cursor: next })
    })
  },
})

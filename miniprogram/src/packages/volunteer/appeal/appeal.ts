import { Problem } from '../../../api/problem'
import { page } from '../../../components/page'
import { dayOf, longDay } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import { appeal, getAppeal } from '../../../services/records'

const LEAST_WORDS = 2

/** 申诉: marked as 没来, and it wasn't so. One text, one answer. */
page({
  data: { activity: '', words: '', asked: '', at: '', stands: '', tone: '', answer: '', isAsked: false },
  async load(query) {
    const [{ today }, said] = await Promise.all([
      getCommunity(),
      getAppeal(query['id']!).catch((error) => {
        if (Problem.of(error).status === 404) return undefined
        throw error
      }),
    ])
    const activity = decodeURIComponent(query['activity'] ?? '')
    if (!said) return { activity, isAsked: false }
    const isOpen = said.isAccepted === null
    return {
      activity,
      isAsked: true,
      asked: said.text,
      at: `${longDay(dayOf(said.askedAt), today)}提出`,
      stands: isOpen ? '等答复' : said.isAccepted ? '改过来了' : '没有改',
      tone: isOpen ? 'held' : said.isAccepted ? 'done' : 'expired',
      answer: said.answer ?? '社区看过后答复您。',
    }
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ words: event.detail.value })
  },
  async send() {
    const { words } = this.data
    if (words.trim().length < LEAST_WORDS) {
      this.setData({ refusal: '请写一写当时的情况，比如“去了，忘了扫码”。' })
      return
    }
    if (await this.act(() => appeal(this.query['id']!, words.trim()))) await this.reload()
  },
})

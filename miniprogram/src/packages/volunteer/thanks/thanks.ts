import { page } from '../../../components/page'
import { thank } from '../../../services/records'

const WORDS = ['不太好', '一般', '还可以', '很好', '非常好']

/** 说声谢谢: who was helped says how it was, once, with words or without. It earns nobody anything. */
page({
  isOnce: true,
  data: { activity: '', rating: 5, ratings: WORDS.map((text, i) => ({ value: i + 1, text })).reverse(), words: '', said: '' },
  async load(query) {
    return { activity: decodeURIComponent(query['activity'] ?? '') }
  },
  choose(event: WechatMiniprogram.BaseEvent<object, { value: number }>) {
    this.setData({ rating: Number(event.currentTarget.dataset.value), refusal: '' })
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ words: event.detail.value })
  },
  async send() {
    const { rating, words } = this.data
    await this.act(async () => {
      const { text, isShown } = await thank(this.query['shift']!, rating, words.trim() || null)
      this.setData({ said: text && !isShown ? '社区看过后，志愿者就能看到您的话。' : '志愿者会看到，不显示您的名字。' })
    })
  },
  done: () => void wx.navigateBack({}),
})

import { Problem } from '../../../api/problem'
import { page } from '../../../components/page'
import { dayOf, moment, nearDay, timeOf, type Day } from '../../../domain/dates'
import { filled, numberOf, textOf, type Field, type Filled } from '../../../domain/fields'
import {
  answerAppeal, answerCorrection, answerDispute, confirmPhone, decideReview, listAppeals, listCorrections, listDisputes, listFlags, listPhones, listReviews, refusePhone, reviewFlag,
} from '../../../services/approvals'
import { getCommunity } from '../../../services/community'
import { pictureAt } from '../../../services/pictures'

/** One case: what it is about, what is asked for, what the two answers are called and do. */
interface Case {
  title: string
  facts: string[]
  text: string
  picture: string
  fields: Field[]
  yes: string
  no: string
  /** Whether an answer is needed in words for yes. */
  needsWords: boolean
}

type Kind = 'appeal' | 'correction' | 'dispute' | 'review' | 'phone' | 'flag'

const answer: Field = { key: 'answer', label: '答复', type: 'area', value: '', placeholder: '本人会看到', max: 200 }
const about = (found: Partial<Case> & Pick<Case, 'title' | 'yes' | 'no'>): Case => ({ facts: [], text: '', picture: '', fields: [answer], needsWords: true, ...found })

const readers: Record<Kind, (id: string, today: Day) => Promise<Case | undefined>> = {
  async appeal(id, today) {
    const a = (await listAppeals()).items.find((i) => i.signupId === id)
    return a && about({ title: `${a.name}说自己来了`, facts: [`${a.activity}，${nearDay(dayOf(a.startsAt), today)} ${timeOf(a.startsAt)}`], text: a.text, yes: '取消“没来”', no: '维持原来的' })
  },
  async correction(id, today) {
    const c = (await listCorrections()).items.find((i) => i.correction.id === id)
    return c && about({
      title: `${c.name ?? '一位居民'}请求更正服务记录`, facts: [`${nearDay(c.correction.answerBy, today)}前要答复`], text: c.correction.text, yes: '更正', no: '不更正',
      fields: [{ key: 'minutes', label: '更正为多少分钟（不改时长就不填）', type: 'number', value: '', max: 4 }, answer],
    })
  },
  async dispute(id, today) {
    const d = (await listDisputes()).items.find((i) => i.id === id)
    return d && about({
      title: '居民对兑换有疑问', facts: [`${moment(d.askedAt, today)}提出`], text: d.text, yes: '有道理，处理', no: '解释清楚，不退',
      fields: [{ key: 'coins', label: '退回几枚', type: 'number', value: '0', max: 6 }, answer],
    })
  },
  async review(id, today) {
    const r = (await listReviews()).items.find((i) => i.id === id)
    return r && about({ title: '这段内容能给大家看吗', facts: [`${moment(r.createdAt, today)}提交`, ...(r.cause ? [r.cause] : [])], text: r.text ?? '', picture: r.picture ? pictureAt(r.picture.url) : '', yes: '可以', no: '不可以', fields: [{ ...answer, label: '原因（不可以时填）' }], needsWords: false })
  },
  async phone(id, today) {
    const p = (await listPhones()).items.find((i) => i.phoneId === id)
    return p && about({ title: `${p.name}的手机号`, facts: [`${moment(p.givenAt, today)}填的`, ...(p.isShared ? ['这个号别的居民也在用'] : [])], text: p.number, yes: '打过电话，是本人的', no: '不对，退回', fields: [{ ...answer, label: '原因（退回时填）' }], needsWords: false })
  },
  async flag(id, today) {
    const f = (await listFlags()).items.find((i) => i.id === id)
    return f && about({ title: f.kind === 'burst' ? '短时间兑换很多次' : '两人互相操作', facts: [`${nearDay(f.day, today)}，${f.count} 次`], yes: '看过了，记下来', no: '', fields: [{ ...answer, label: '怎么处理的', placeholder: '比如：问过店员，是一家人' }] })
  },
}

/** 答复: appeals, corrections, questions about exchanges, contents, telephone numbers, unusual patterns: what it is, words, two buttons. */
page({
  data: { found: null as Case | null, phoneOf: '', gone: false, done: '' },
  async load(query) {
    const { today } = await getCommunity()
    const [kind, id] = [query['kind'] as Kind, query['id']!]
    const found = await readers[kind](id, today)
    const phoneOf = kind === 'phone' ? ((await listPhones()).items.find((p) => p.phoneId === id)?.memberId ?? '') : ''
    return { found: found ?? null, phoneOf, gone: !found }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ found: { ...this.data.found!, fields: filled(this.data.found!.fields, event.detail) }, refusal: '' })
  },
  async answer(event: WechatMiniprogram.BaseEvent<object, { yes: string }>) {
    const yes = Boolean(event.currentTarget.dataset.yes)
    const { fields, needsWords } = this.data.found!
    const words = textOf(fields, 'answer')
    if ((needsWords || !yes) && words.length < 2) {
      this.setData({ refusal: '请写一句话，本人会看到。' })
      return
    }
    if (await this.act(() => this.send(yes, words))) this.setData({ done: '办好了。' })
  },
  send(yes: boolean, words: string): Promise<unknown> {
    const id = this.query['id']!
    const { fields } = this.data.found!
    const [minutes, coins] = [numberOf(fields, 'minutes'), numberOf(fields, 'coins')]
    if (Number.isNaN(minutes) || Number.isNaN(coins)) throw new Problem('form.number', '分钟和枚数请填整数。', 400)
    switch (this.query['kind'] as Kind) {
      case 'appeal':
        return answerAppeal(id, yes, words)
      case 'correction':
        return answerCorrection(id, yes, words, minutes)
      case 'dispute':
        return answerDispute(id, yes, words, yes ? (coins ?? 0) : 0)
      case 'review':
        return decideReview(id, yes, words || null)
      case 'phone':
        return yes ? confirmPhone(this.data.phoneOf) : refusePhone(this.data.phoneOf, words)
      case 'flag':
        return reviewFlag(id, words)
    }
  },
  back: () => void (getCurrentPages().length > 1 ? wx.navigateBack({}) : wx.redirectTo({ url: '/packages/staff/todo/todo' })),
})

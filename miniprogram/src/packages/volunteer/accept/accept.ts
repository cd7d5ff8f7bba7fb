import { go, page } from '../../../components/page'
import { relations } from '../../../domain/words'
import { becomeGuardian, bindAccount, linkFamily } from '../../../services/people'

type Kind = 'family' | 'guardian' | 'account'
const KINDS: { kind: Kind; text: string; note: string }[] = [
  { kind: 'family', text: '帮家人办事', note: '家人给了您家人码' },
  { kind: 'guardian', text: '做孩子的家长', note: '另一位家长给了您码' },
  { kind: 'account', text: '绑定已有的名字', note: '家长或社区给了您码' },
]

/** 输入家人码: what another phone shows. ?kind=account is where a newcomer comes from who is on the list already. */
page({
  isOnce: true,
  data: { kinds: KINDS, kind: 'family' as Kind, code: '', relations: relations.map((r) => r.text), relation: 0, done: '' },
  async load(query) {
    return { kind: (query['kind'] ?? 'family') as Kind }
  },
  choose(event: WechatMiniprogram.BaseEvent<object, { kind: Kind }>) {
    this.setData({ kind: event.currentTarget.dataset.kind, refusal: '' })
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ code: event.detail.value, refusal: '' })
  },
  chooseRelation(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ relation: Number(event.detail.value) })
  },
  async send() {
    const { kind, relation } = this.data
    const code = this.data.code.replace(/\s/g, '')
    if (!code) {
      this.setData({ refusal: '请填上对方手机上的码。' })
      return
    }
    await this.act(async () => {
      if (kind === 'family') this.setData({ done: `您可以帮${(await linkFamily(code)).name}办事了。` })
      else if (kind === 'guardian') this.setData({ done: `您是${(await becomeGuardian(code, relations[relation]!.value)).name}的家长了。` })
      else this.setData({ done: `${(await bindAccount(code)).name}，绑好了。` })
    })
  },
  finish() {
    if (this.data.kind === 'account') go('/pages/home/home')
    else void wx.navigateBack({})
  },
})

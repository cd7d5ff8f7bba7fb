import type { StallKind } from '../../../api/schema'
import { page } from '../../../components/page'
import { filled, numberOf, textOf, textOrNull, type Field, type Filled } from '../../../domain/fields'
import { applyForStall } from '../../../services/markets'
import { listChildren } from '../../../services/people'

const ALONE = ''

const fields = (kind: StallKind, children: { memberId: string; name: string }[]): Field[] => [
  { key: 'title', label: '招牌上写什么', type: 'text', value: '', max: 20, placeholder: kind === 'family' ? '比如：旧书摊' : '比如：义剪', hint: '不要写大人、孩子的名字。' },
  { key: 'description', label: kind === 'family' ? '卖些什么' : '为邻居做什么', type: 'area', value: '', max: 200, placeholder: kind === 'family' ? '比如：看过的书，找个新家' : '比如：给老人理发，不收费' },
  { key: 'pledge', label: '收入捐多少（百分之几）', type: 'number', value: kind === 'family' ? '50' : '0', max: 3, hint: '收摊后捐给慈善会，慈善会开收据，进社区基金。' },
  ...(children.length > 0 ? [{ key: 'child', label: '带孩子一起', type: 'choice' as const, value: ALONE, options: [{ value: ALONE, text: '不带孩子' }, ...children.map((c) => ({ value: c.memberId, text: c.name }))], hint: '您是责任人。孩子的名字不会公开。' }] : []),
]

/** 申请摊位: a family's, for which this adult answers, or a 便民 booth. */
page({
  isOnce: true,
  data: { kind: 'family' as StallKind, fields: fields('family', []), hasNoChild: false },
  async load(query) {
    const kind: StallKind = query['kind'] === 'service' ? 'service' : 'family'
    const children = kind === 'family' ? await listChildren() : []
    return { kind, fields: fields(kind, children), hasNoChild: kind === 'family' && children.length === 0 }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  async send() {
    const { kind, fields } = this.data
    const [title, description, pledge] = [textOf(fields, 'title'), textOf(fields, 'description'), numberOf(fields, 'pledge')]
    if (title.length < 2 || description.length < 2) {
      this.setData({ refusal: '请写好招牌和说明，各两个字以上。' })
      return
    }
    if (pledge === null || !(pledge >= (kind === 'family' ? 1 : 0) && pledge <= 100)) {
      this.setData({ refusal: kind === 'family' ? '捐的比例请填 1 到 100。' : '捐的比例请填 0 到 100，不捐就填 0。' })
      return
    }
    await this.act(async () => {
      await applyForStall(this.query['market']!, { kind, title, description, pledgePercent: pledge, childMemberId: textOrNull(fields, 'child') })
      await wx.navigateBack({})
    })
  },
})

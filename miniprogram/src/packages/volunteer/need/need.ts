import { confirm } from '../../../components/ask'
import { page } from '../../../components/page'
import { moment } from '../../../domain/dates'
import { needStates, nextOf, visitOf } from '../../../domain/needs'
import { categories } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { getNeed, thankForNeed, withdrawNeed } from '../../../services/needs'

/** One need: where it stands, what comes next, taking it back, and thanks at the end. The code on the volunteer's phone opens it too. */
page({
  data: {
    id: '', what: '', state2: '', tone: '', next: '', answer: '', facts: [] as { label: string; text: string }[], visit: '', who: '', mayWithdraw: false, mayThank: false, words: '', thanks: '', fresh: false, said: '',
  },
  async load(query) {
    const [{ today }, n] = await Promise.all([getCommunity(), getNeed(query['id']!)])
    const d = n.details
    return {
      id: n.id, what: d?.what ?? '内容已删除', state2: needStates[n.state].text, tone: needStates[n.state].tone, next: nextOf(n, today), answer: n.answer ?? '',
      facts: d
        ? [{ label: '什么时候', text: d.when }, { label: '到哪里', text: d.address }, { label: '联系', text: [d.contactName, d.contactPhone].filter(Boolean).join(' ') }, { label: '哪方面', text: categories[n.category] },
            { label: '提出', text: `${moment(n.raisedAt, today)}${n.source === 'self' ? '' : `，${n.raisedByName}替${n.helpedName}提的`}` }]
        : [],
      visit: n.state === 'arranged' || n.state === 'done' ? visitOf(n, today) : '',
      who: n.visit ? [n.visit.leader && `负责人 ${n.visit.leader}`, n.visit.volunteers > 0 ? `${n.visit.volunteers} 位志愿者` : '等志愿者报名'].filter(Boolean).join('，') : '',
      mayWithdraw: n.mayWithdraw, mayThank: n.mayThank, thanks: n.thanks ?? '', fresh: query['new'] === '1' && n.state === 'raised',
    }
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ words: event.detail.value })
  },
  async thank() {
    const { id, words } = this.data
    if (!(await this.act(() => thankForNeed(id, words.trim() || null)))) return
    await this.reload()
    this.setData({ said: '谢谢您！志愿者会看到您的心意。' })
  },
  async withdraw() {
    if ((await confirm('撤回这条求助？', '撤回后社区就不安排了，需要时可以再提。', '撤回')) && (await this.act(() => withdrawNeed(this.data.id)))) await this.reload()
  },
})

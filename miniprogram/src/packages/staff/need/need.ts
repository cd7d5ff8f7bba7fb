import type { NeedDecision } from '../../../api/schema'
import { askText } from '../../../components/ask'
import { go, page } from '../../../components/page'
import { longDay, moment } from '../../../domain/dates'
import { needStates, visitOf } from '../../../domain/needs'
import { categories } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { completeNeed, getStaffNeed, triageNeed } from '../../../services/needs'

/** One need: who, what, where; taken on, not taken on or referred, given to a shift, and, for somebody without a phone, that it is done. */
page({
  data: {
    id: '', name: '', what: '', state2: '', tone: '', first: false, due: '', facts: [] as { label: string; text: string }[], phone: '', visit: '', activityId: '', filling: '', answer: '', mayDecide: false, isOwn: false, step: '', isToConfirm: false, thanks: '',
  },
  async load(query) {
    const [{ today }, { need: n, mayDecide, isOverdue, triagedBy }] = await Promise.all([getCommunity(), getStaffNeed(query['id']!)])
    const isOpen = n.state === 'raised' || n.state === 'accepted' || n.state === 'arranged'
    return {
      id: n.id, name: n.helpedName, what: n.details?.what ?? '内容已删除', state2: needStates[n.state].text, tone: needStates[n.state].tone, first: n.isFirst, phone: n.details?.contactPhone ?? '',
      due: n.state === 'raised' ? (isOverdue ? '过了期限，请尽快回复。' : `${longDay(n.triageBy, today)}前要回复。`) : '',
      facts: [
        ...(n.details ? [{ label: '什么时候', text: n.details.when }, { label: '到哪里', text: n.details.address }, { label: '联系', text: [n.details.contactName, n.details.contactPhone].filter(Boolean).join(' ') }] : []),
        { label: '哪方面', text: categories[n.category] }, { label: '提出', text: `${moment(n.raisedAt, today)}，${n.source === 'self' ? '本人' : n.raisedByName}` }, ...(triagedBy ? [{ label: '经办', text: triagedBy }] : []), ...(n.referredTo ? [{ label: '转给', text: n.referredTo }] : []),
      ],
      visit: visitOf(n, today), activityId: n.visit?.activityId ?? '', filling: n.visit ? `${n.visit.activity}，报名 ${n.visit.volunteers}/${n.visit.capacity} 人` : '', answer: n.answer ?? '', mayDecide, isOwn: isOpen && !mayDecide, step: mayDecide ? n.state : '',
      isToConfirm: mayDecide && n.mayThank, thanks: n.thanks ?? '',
    }
  },
  call() {
    void wx.makePhoneCall({ phoneNumber: this.data.phone })
  },
  decide(decision: NeedDecision, answer: string | null, referredTo: string | null) {
    return this.act(() => triageNeed(this.data.id, decision, answer, referredTo)).then((done) => (done ? this.reload() : undefined))
  },
  accept() {
    return this.decide('accept', null, null)
  },
  async decline() {
    const answer = await askText('没法受理的原因', '对方会看到，请说得暖一点')
    if (answer) await this.decide('decline', answer, null)
  },
  async refer() {
    const service = await askText('转给谁', '比如：社区卫生服务中心')
    const answer = service && (await askText('告诉对方怎么找', '比如：护士周一上门'))
    if (service && answer) await this.decide('refer', answer, service)
  },
  arrange() {
    go(`/packages/staff/fit/fit?need=${this.data.id}`)
  },
  async complete() {
    const answer = await askText('帮好了吗', '比如：电话问过，都好了')
    if (answer && (await this.act(() => completeNeed(this.data.id, answer)))) await this.reload()
  },
})

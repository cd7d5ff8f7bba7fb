import type { RevealedField, Role } from '../../../api/schema'
import { askText, choose, confirm } from '../../../components/ask'
import { go, page } from '../../../components/page'
import { moment } from '../../../domain/dates'
import { roleNames } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { getMember, grantRole, issueCard, listCards, reveal, signOut, withdrawRole } from '../../../services/members'

/** Roles that staff give by hand; the others come with a place. */
const BY_HAND: readonly Role[] = ['leader', 'socialWorker', 'staff', 'treasurer', 'auditor']
const FIELDS: readonly { field: RevealedField; text: string }[] = [{ field: 'phone', text: '手机号' }, { field: 'realName', text: '真实姓名' }, { field: 'idNumber', text: '身份证号' }, { field: 'birthDate', text: '出生日期' }]

/** One member: what staff may know, and what they may do. A look at a field in full is logged with its reason. */
page({
  data: { id: '', name: '', facts: [] as string[], roles: [] as { role: Role; name: string; byHand: boolean }[], cards: [] as { id: string; text: string }[], said: '' },
  async load(query) {
    const [{ today }, m, cards] = await Promise.all([getCommunity(), getMember(query['id']!), listCards(query['id'])])
    return {
      id: m.memberId, name: m.name,
      facts: [
        `${moment(m.joinedAt, today)}加入${m.building ? `，${m.building}` : ''}`, m.phone.confirmed ? `手机 ${m.phone.confirmed}` : m.phone.pending ? `手机 ${m.phone.pending}，还没核实` : '没留手机号', m.hasWeChat ? '有微信' : '没有微信',
        ...(m.minor ? [`${m.minor.age} 岁，家长：${m.minor.guardians.map((g) => g.name).join('、') || '没有'}`] : []),
      ],
      roles: m.roles.map((role) => ({ role, name: roleNames[role], byHand: BY_HAND.includes(role) })),
      cards: cards.items.map((c) => ({ id: c.id, text: `${c.maskedNumber}${c.revokedAt ? '，停用了' : ''}` })), said: '',
    }
  },
  async look() {
    const index = await choose(FIELDS.map((f) => `查看${f.text}`))
    if (index === undefined) return
    const reason = await askText('为什么要看', '会记下来，本人看得到')
    if (!reason) return
    await this.act(async () => {
      const { value } = await reveal(this.data.id, FIELDS[index]!.field, reason)
      this.setData({ said: `${FIELDS[index]!.text}：${value ?? '没有填'}` })
    })
  },
  async give() {
    const index = await choose(BY_HAND.map((r) => roleNames[r]))
    const reason = index === undefined ? undefined : await askText('为什么给这个身份', '比如：新来的社工')
    if (reason && (await this.act(() => grantRole(this.data.id, BY_HAND[index!]!, reason)))) {
      await this.reload()
      this.setData({ said: '提交了。要复核的身份，等另一位同意后生效。' })
    }
  },
  async take(event: WechatMiniprogram.BaseEvent<object, { role: Role }>) {
    const { role } = event.currentTarget.dataset
    if (!BY_HAND.includes(role)) return
    const reason = await askText(`取消“${roleNames[role]}”的原因`, '比如：换岗了')
    if (reason && (await this.act(() => withdrawRole(this.data.id, role, reason)))) await this.reload()
  },
  async card() {
    if (!(await confirm('发卡？', `给${this.data.name}发一张卡，以前的卡不受影响。`, '发卡'))) return
    if (await this.act(() => issueCard(this.data.id))) await this.reload()
  },
  grant() {
    go(`/packages/staff/grant/grant?member=${this.data.id}&name=${encodeURIComponent(this.data.name)}`)
  },
  async out() {
    const reason = await askText('让设备退出登录的原因', '比如：手机丢了')
    if (reason && (await this.act(() => signOut(this.data.id, reason)))) this.setData({ said: '这位居民的设备都退出了，重新登录就能用。' })
  },
})

import type { ListApprovalsItem } from '../../../api/schema'
import { askText } from '../../../components/ask'
import { page } from '../../../components/page'
import { moment } from '../../../domain/dates'
import { roleNames } from '../../../domain/words'
import { decide, listApprovals, withdraw } from '../../../services/approvals'
import { getCommunity } from '../../../services/community'
import { getMe } from '../../../services/people'

/** 复核: what another prepared, in one sentence, and two buttons. Nobody decides their own. */
page({
  data: { found: null as ListApprovalsItem | null, when: '', checker: '', isOwn: false, over: '', done: '' },
  async load(query) {
    const [{ today }, { personId }, pending] = await Promise.all([getCommunity(), getMe(), listApprovals()])
    const found = pending.items.find((a) => a.id === query['id']) ?? (await Promise.all([listApprovals('approved'), listApprovals('refused')])).flatMap((p) => p.items).find((a) => a.id === query['id'])
    return {
      found: found ?? null, when: found ? moment(found.createdAt, today) : '', checker: found ? roleNames[found.checkerRole] : '', isOwn: found?.makerId === personId,
      over: !found ? '没有找到这一件，可能已经撤回或过期。' : found.state === 'approved' ? '已经通过。' : found.state === 'refused' ? `没有通过：${found.reason ?? ''}` : '',
    }
  },
  async agree() {
    if (await this.act(() => decide(this.query['id']!, true, null))) this.setData({ done: '通过了，马上生效。' })
  },
  async refuse() {
    const reason = await askText('不同意的原因', '提交的人会看到')
    if (reason && (await this.act(() => decide(this.query['id']!, false, reason)))) this.setData({ done: '退回了，提交的人会收到消息。' })
  },
  async takeBack() {
    if (await this.act(() => withdraw(this.query['id']!))) this.setData({ done: '撤回了。' })
  },
  back: () => void (getCurrentPages().length > 1 ? wx.navigateBack({}) : wx.redirectTo({ url: '/packages/staff/todo/todo' })),
})

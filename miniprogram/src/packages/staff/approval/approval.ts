import type { ApprovalState, ListApprovalsItem } from '../../../api/schema'
import { Problem } from '../../../api/problem'
import { askText } from '../../../components/ask'
import { page } from '../../../components/page'
import { moment } from '../../../domain/dates'
import { roleNames } from '../../../domain/words'
import { decide, getApproval, withdraw } from '../../../services/approvals'
import { getCommunity } from '../../../services/community'
import { getMe } from '../../../services/people'
import { pictureAt } from '../../../services/pictures'

/** How it ended, in words; nothing while it waits. */
const ends: Record<ApprovalState, (reason: string) => string> = { pending: () => '', approved: () => '已经通过。', refused: (reason) => `没有通过：${reason}`, withdrawn: () => '提交的人撤回了。', expired: () => '过了期限，没有办。' }

const missing = (error: unknown) => {
  if (Problem.of(error).status === 404) return undefined
  throw error
}

/** 复核: what another prepared, in one sentence, with its words and pictures, and two buttons. Nobody decides their own. */
page({
  data: { found: null as ListApprovalsItem | null, when: '', checker: '', isOwn: false, lines: [] as string[], pictures: [] as string[], over: '', done: '' },
  async load(query) {
    const [{ today }, { personId }, full] = await Promise.all([getCommunity(), getMe(), getApproval(query['id']!).catch(missing)])
    const found = full?.approval ?? null
    return {
      found, lines: full?.lines ?? [], pictures: (full?.pictures ?? []).map(pictureAt), when: found ? moment(found.createdAt, today) : '', checker: found ? roleNames[found.checkerRole] : '', isOwn: found?.makerId === personId,
      over: found ? ends[found.state](found.reason ?? '') : '没有找到这一件，可能不归您看。',
    }
  },
  look(event: WechatMiniprogram.BaseEvent<object, { url: string }>) {
    void wx.previewImage({ urls: [event.currentTarget.dataset.url] })
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

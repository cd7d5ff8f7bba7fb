import { askText, confirm } from '../../../components/ask'
import { page } from '../../../components/page'
import { handOver } from '../../../services/members'

type Picked = WechatMiniprogram.CustomEvent<{ memberId: string; name: string }>

/** 离任交接: everything of one colleague goes to another at once, and the roles end. */
page({
  data: { fromId: '', from: '', toId: '', to: '', moved: [] as string[], done: '' },
  load: async () => ({}),
  leaves(event: Picked) {
    this.setData({ fromId: event.detail.memberId, from: event.detail.name, refusal: '' })
  },
  takes(event: Picked) {
    this.setData({ toId: event.detail.memberId, to: event.detail.name, refusal: '' })
  },
  async go() {
    const { fromId, from, toId, to } = this.data
    if (!fromId || !toId || fromId === toId) {
      this.setData({ refusal: '请选好离任的人和接手的人。' })
      return
    }
    if (!(await confirm('离任交接？', `${from}的时段、复核和身份一次交给${to}，${from}的工作身份随即取消。`, '交接'))) return
    const reason = await askText('原因', '比如：调岗')
    if (!reason) return
    await this.act(async () => {
      const { moved, approvalId } = await handOver(fromId, toId, reason)
      this.setData({ moved, done: approvalId ? '提交了，另一位同事复核后生效。' : '交接好了。' })
    })
  },
})

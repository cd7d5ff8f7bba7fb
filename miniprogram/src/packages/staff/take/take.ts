import { page } from '../../../components/page'
import { filled, type Filled } from '../../../domain/fields'
import { needFields, needIn } from '../../../domain/needs'
import { raiseNeedFor } from '../../../services/needs'

/** 登记求助: staff take it down for a resident who called or came; who did is kept. */
page({
  isOnce: true,
  data: { memberId: '', member: '', fields: needFields([]) },
  async load() {
    return {}
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  pick(event: WechatMiniprogram.CustomEvent<{ memberId: string; name: string }>) {
    this.setData({ memberId: event.detail.memberId, member: event.detail.name, refusal: '' })
  },
  async send() {
    const { memberId, fields } = this.data
    const need = needIn(fields)
    if (!memberId || typeof need === 'string') {
      this.setData({ refusal: memberId ? String(need) : '请先找到要帮的居民；没有登记过的老人，先到“人与伙伴”登记。' })
      return
    }
    await this.act(async () => {
      const { id } = await raiseNeedFor({ ...need, memberId })
      await wx.redirectTo({ url: `/packages/staff/need/need?id=${id}` })
    })
  },
})

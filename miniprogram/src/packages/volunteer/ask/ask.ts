import { page } from '../../../components/page'
import { filled, textOrNull, type Filled } from '../../../domain/fields'
import { needFields, needIn } from '../../../domain/needs'
import { askToTell, templatesFor } from '../../../services/messages'
import { raiseNeed } from '../../../services/needs'
import { listChildren, listFamily } from '../../../services/people'

const MYSELF = { value: '', text: '我自己' }

/** 我要求助: what, when, where, whom to call; for oneself, a child, or 家人 for whom one signs up. */
page({
  isOnce: true,
  data: { fields: needFields([MYSELF]), templates: [] as string[] },
  async load() {
    const [children, links, templates] = await Promise.all([listChildren(), listFamily(), templatesFor('need').catch(() => [])])
    const helped = links.filter((l) => !l.isHelper && l.rights.maySignUp)
    return { fields: needFields([MYSELF, ...[...helped, ...children].map((p) => ({ value: p.memberId, text: p.name }))]), templates }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  async send() {
    const { fields, templates, busy } = this.data
    const need = needIn(fields)
    if (busy) return
    if (typeof need === 'string') {
      this.setData({ refusal: need })
      return
    }
    // First in the tap, or WeChat refuses it.
    const asked = askToTell(templates)
    await this.act(async () => {
      await asked
      const { id } = await raiseNeed({ ...need, memberId: textOrNull(fields, 'whom') })
      await wx.redirectTo({ url: `/packages/volunteer/need/need?id=${id}&new=1` })
    })
  },
  call(event: WechatMiniprogram.BaseEvent<object, { phone: string }>) {
    void wx.makePhoneCall({ phoneNumber: event.currentTarget.dataset.phone })
  },
})

import type { ShiftNeedsItem } from '../../../api/schema'
import { page } from '../../../components/page'
import { needStates } from '../../../domain/needs'
import { listShiftNeeds, needCode } from '../../../services/needs'

const view = (n: ShiftNeedsItem) => ({
  id: n.id, name: n.helpedName, what: n.details?.what ?? '内容已删除', address: n.details?.address ?? '', when: n.details?.when ?? '', phone: n.details?.contactPhone ?? '', contact: n.details?.contactName ?? n.helpedName,
  state: needStates[n.state].text, tone: needStates[n.state].tone, isOpen: n.state === 'arranged', thanks: n.thanks ?? '',
})

/** Whom a shift helps: for its volunteers and its leader only, until a day after it; not kept on the phone, where it would stay longer. At the end the code for thanks. */
page({
  isOnce: true,
  data: { items: [] as ReturnType<typeof view>[], codeOf: '', picture: '' },
  async load(query) {
    return { items: (await listShiftNeeds(query['shift']!)).map(view) }
  },
  call(event: WechatMiniprogram.BaseEvent<object, { phone: string }>) {
    void wx.makePhoneCall({ phoneNumber: event.currentTarget.dataset.phone })
  },
  async code(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const { id } = event.currentTarget.dataset
    await this.act(async () => this.setData({ picture: await needCode(id), codeOf: id }))
  },
})

import { page } from '../../../components/page'
import { changeMembership, getMembership, getPhone, givePhoneByHand, givePhoneByWeChat } from '../../../services/people'

/** 我的资料: what the neighbours call the person, the building, the telephone number. */
page({
  isOnce: true,
  data: { name: '', building: '', phone: '', pending: '', number: '', byHand: false, saved: false },
  async load() {
    const [membership, phone] = await Promise.all([getMembership(), getPhone()])
    return { name: membership.displayName, building: membership.building ?? '', phone: phone.confirmed ?? '', pending: phone.pending ?? '' }
  },
  typeName(event: WechatMiniprogram.Input) {
    this.setData({ name: event.detail.value, saved: false })
  },
  typeBuilding(event: WechatMiniprogram.Input) {
    this.setData({ building: event.detail.value, saved: false })
  },
  async save() {
    const { name, building } = this.data
    if (!name.trim()) {
      this.setData({ refusal: '请填写邻居怎么叫您。' })
      return
    }
    if (await this.act(() => changeMembership(name.trim(), building.trim() || null))) this.setData({ saved: true })
  },
  /** WeChat's own button: a code that the server turns into the number. */
  async fromWeChat(event: WechatMiniprogram.CustomEvent<{ code?: string }>) {
    const { code } = event.detail
    if (code) await this.act(async () => this.setPhone(await givePhoneByWeChat(code)))
  },
  byHand() {
    this.setData({ byHand: true })
  },
  typeNumber(event: WechatMiniprogram.Input) {
    this.setData({ number: event.detail.value, refusal: '' })
  },
  async give() {
    await this.act(async () => this.setPhone(await givePhoneByHand(this.data.number.trim())))
  },
  setPhone(phone: { confirmed: string | null; pending: string | null }) {
    this.setData({ phone: phone.confirmed ?? '', pending: phone.pending ?? '', byHand: false, number: '' })
  },
})

import type { ChildView, ConsentState, LinkFamilyItem } from '../../../api/schema'
import { page } from '../../../components/page'
import { consentNotes, rightsLine } from '../../../domain/words'
import { consentForChild, consentForMyself, endFamily, getMyConsent, listChildren, listFamily, withdrawMyConsent } from '../../../services/people'

const child = (c: ChildView) => ({
  id: c.memberId,
  name: c.name,
  age: c.age,
  note: consentNotes[c.consent],
  needsMe: c.consent === 'guardianNeeded' || c.consent === 'bothNeeded',
  about: [c.needsCompany && '活动时请您全程陪着', c.otherGuardians.length > 0 && `还有家长：${c.otherGuardians.join('、')}`, c.hasWeChat && '有自己的微信'].filter(Boolean).join('；'),
})
const link = (l: LinkFamilyItem) => ({ id: l.id, name: l.name, may: rightsLine(l.rights) })

/** What a minor with a phone of their own is told. */
const OWN: Record<ConsentState, string> = { valid: '您和家长都同意了，可以参加。', guardianNeeded: '还差家长同意。', childNeeded: '还差您自己同意。', bothNeeded: '还差家长和您自己同意。' }

/** 家人: the children with their consents, who helps, who is helped. */
page({
  data: { isMinor: false, own: '', ownMissing: false, guardianMissing: false, children: [] as ReturnType<typeof child>[], helpers: [] as ReturnType<typeof link>[], helped: [] as ReturnType<typeof link>[] },
  async load() {
    const [children, links, own] = await Promise.all([listChildren(), listFamily(), getMyConsent()])
    return {
      isMinor: own.isMinor,
      own: OWN[own.consent],
      ownMissing: own.consent === 'childNeeded' || own.consent === 'bothNeeded',
      guardianMissing: own.consent === 'guardianNeeded' || own.consent === 'bothNeeded',
      children: children.map(child),
      helpers: links.filter((l) => l.isHelper).map(link),
      helped: links.filter((l) => !l.isHelper).map(link),
    }
  },
  async agree() {
    if (await this.act(() => consentForMyself())) await this.reload()
  },
  async disagree() {
    const { confirm } = await wx.showModal({ title: '撤回同意？', content: '撤回后不能再报名和签到，已有的服务记录还在。', confirmText: '撤回', cancelText: '再想想' })
    if (confirm && (await this.act(() => withdrawMyConsent()))) await this.reload()
  },
  async consent(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const { id, name } = this.data.children.find((c) => c.id === event.currentTarget.dataset.id)!
    const { confirm } = await wx.showModal({ title: `同意${name}参加？`, content: '社区会保存孩子的称呼、年龄和服务记录，只用于志愿服务。随时可以撤回。', confirmText: '同意', cancelText: '再想想' })
    if (confirm && (await this.act(() => consentForChild(id)))) await this.reload()
  },
  async end(event: WechatMiniprogram.BaseEvent<object, { id: string; name: string }>) {
    const { id, name } = event.currentTarget.dataset
    const { confirm } = await wx.showModal({ title: `和${name}解除？`, content: '解除后不能再代办，随时可以重新加。', confirmText: '解除', cancelText: '再想想' })
    if (confirm && (await this.act(() => endFamily(id)))) await this.reload()
  },
})

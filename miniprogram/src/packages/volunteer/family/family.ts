import type { ChildView, LinkFamilyItem } from '../../../api/schema'
import { page } from '../../../components/page'
import { consentNotes, rightsLine } from '../../../domain/words'
import { consentForChild, endFamily, endGuardianship, listChildren, listFamily, withdrawForChild } from '../../../services/people'
import { closeChild, WORDS } from '../../../services/privacy'

const child = (c: ChildView) => ({
  id: c.memberId,
  name: c.name,
  age: c.age,
  note: consentNotes[c.consent],
  needsMe: c.consent === 'guardianNeeded' || c.consent === 'bothNeeded',
  about: [c.needsCompany && '活动时请您全程陪着', c.otherGuardians.length > 0 && `还有家长：${c.otherGuardians.join('、')}`, c.hasWeChat && '有自己的微信'].filter(Boolean).join('；'),
  hasOther: c.otherGuardians.length > 0,
})
const link = (l: LinkFamilyItem) => ({ id: l.id, name: l.name, may: rightsLine(l.rights) })

/** What can be done for a child, beside consenting: the lines of one sheet. */
const MORE = ['请另一位家长加入', '给孩子绑定微信', '服务时长', '谁看过孩子的信息', '孩子的全部资料', '撤回同意', '不再做家长', '为孩子注销账号'] as const

/** 家人: the children with their consents, who helps, who is helped. */
page({
  data: { children: [] as ReturnType<typeof child>[], helpers: [] as ReturnType<typeof link>[], helped: [] as ReturnType<typeof link>[] },
  async load() {
    const [children, links] = await Promise.all([listChildren(), listFamily()])
    return { children: children.map(child), helpers: links.filter((l) => l.isHelper).map(link), helped: links.filter((l) => !l.isHelper).map(link) }
  },
  async consent(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const { id, name } = this.data.children.find((c) => c.id === event.currentTarget.dataset.id)!
    const { confirm } = await wx.showModal({ title: `同意${name}参加？`, content: '社区会保存孩子的称呼、年龄和服务记录，只用于志愿服务。随时可以撤回。', confirmText: '同意', cancelText: '再想想' })
    if (confirm && (await this.act(() => consentForChild(id)))) await this.reload()
  },
  async more(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const { id, name, hasOther } = this.data.children.find((c) => c.id === event.currentTarget.dataset.id)!
    const lines = MORE.filter((line) => line !== '不再做家长' || hasOther)
    const chosen = await wx.showActionSheet({ itemList: [...lines] }).then(({ tapIndex }) => lines[tapIndex], () => undefined)
    const pages: Partial<Record<(typeof MORE)[number], string>> = {
      请另一位家长加入: `/packages/volunteer/code/code?kind=guardian&child=${id}&name=${encodeURIComponent(name)}`,
      给孩子绑定微信: `/packages/volunteer/code/code?kind=account&child=${id}&name=${encodeURIComponent(name)}`,
      服务时长: `/pages/hours/hours?who=${id}`,
      谁看过孩子的信息: `/packages/volunteer/looks/looks?child=${id}`,
      孩子的全部资料: `/packages/volunteer/data/data?child=${id}`,
    }
    if (chosen && pages[chosen]) void wx.navigateTo({ url: pages[chosen] })
    else if (chosen) await this.part(chosen, id, name)
  },
  /** Ends something about a child, after one sentence on what that means. */
  async part(what: (typeof MORE)[number], id: string, name: string) {
    const asks = {
      撤回同意: { content: `撤回后${name}不能再报名和签到，已有的服务记录还在。`, confirmText: '撤回', act: () => withdrawForChild(id) },
      不再做家长: { content: `${name}由另一位家长照看，您不再能帮孩子报名。`, confirmText: '不再做', act: () => endGuardianship(id) },
      为孩子注销账号: { content: `${name}的个人资料会删除，不能恢复。服务记录不再显示名字。`, confirmText: '注销', act: () => closeChild(id, WORDS.account) },
    }
    const ask = asks[what as keyof typeof asks]
    const { confirm } = await wx.showModal({ title: `${what}？`, content: ask.content, confirmText: ask.confirmText, cancelText: '再想想' })
    if (confirm && (await this.act(ask.act))) await this.reload()
  },
  async end(event: WechatMiniprogram.BaseEvent<object, { id: string; name: string }>) {
    const { id, name } = event.currentTarget.dataset
    const { confirm } = await wx.showModal({ title: `和${name}解除？`, content: '解除后不能再代办，随时可以重新加。', confirmText: '解除', cancelText: '再想想' })
    if (confirm && (await this.act(() => endFamily(id)))) await this.reload()
  },
})

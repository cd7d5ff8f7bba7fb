import { Problem } from '../../../api/problem'
import { page } from '../../../components/page'
import { consentNotes } from '../../../domain/words'
import { consentForChild, endGuardianship, listChildren, withdrawForChild } from '../../../services/people'
import { closeChild, WORDS } from '../../../services/privacy'

/** One child: the guardian's consent, what is kept, the other guardian, a WeChat of its own, and the ways out. */
page({
  data: { id: '', name: '', called: '', age: 0, note: '', needsMe: false, mayWithdraw: false, hasOther: false, hasWeChat: false, others: '' },
  async load(query) {
    const child = (await listChildren()).find((c) => c.memberId === query['id'])
    if (!child) throw new Problem('child.unknown', '没有找到这个孩子，请回到【家人】再选一次。', 404)
    const needsMe = child.consent === 'guardianNeeded' || child.consent === 'bothNeeded'
    return {
      id: child.memberId,
      name: child.name,
      called: encodeURIComponent(child.name),
      age: child.age,
      note: [consentNotes[child.consent], child.needsCompany && '活动时请您全程陪着'].filter(Boolean).join('；'),
      needsMe,
      mayWithdraw: !needsMe,
      hasOther: child.otherGuardians.length > 0,
      others: child.otherGuardians.join('、'),
      hasWeChat: child.hasWeChat,
    }
  },
  async consent() {
    const { id, name } = this.data
    const { confirm } = await wx.showModal({ title: `同意${name}参加？`, content: '社区会保存孩子的称呼、年龄和服务记录，只用于志愿服务。随时可以撤回。', confirmText: '同意', cancelText: '再想想' })
    if (confirm && (await this.act(() => consentForChild(id)))) await this.reload()
  },
  async withdraw() {
    const { id, name } = this.data
    const { confirm } = await wx.showModal({ title: '撤回同意？', content: `撤回后${name}不能再报名和签到，已有的服务记录还在。`, confirmText: '撤回', cancelText: '再想想' })
    if (confirm && (await this.act(() => withdrawForChild(id)))) await this.reload()
  },
  async resign() {
    const { id, name } = this.data
    const { confirm } = await wx.showModal({ title: '不再做家长？', content: `${name}由另一位家长照看，您不再能帮孩子报名。`, confirmText: '不再做', cancelText: '再想想' })
    if (confirm && (await this.act(() => endGuardianship(id)))) void wx.navigateBack({})
  },
  async close() {
    const { id, name } = this.data
    const { confirm } = await wx.showModal({ title: `为${name}注销账号？`, content: '孩子的个人资料会删除，不能恢复。服务记录不再显示名字。', confirmText: '注销', cancelText: '再想想' })
    if (confirm && (await this.act(() => closeChild(id, WORDS.account)))) void wx.navigateBack({})
  },
})

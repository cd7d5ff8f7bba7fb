import type { FamilyCodeShown } from '../../../api/schema'
import { page } from '../../../components/page'
import { timeOf } from '../../../domain/dates'
import { accountCode, familyCode, guardianCode } from '../../../services/people'

const shown = (c: FamilyCodeShown) => ({ code: c.code, spaced: `${c.code.slice(0, 4)} ${c.code.slice(4)}`, until: `${timeOf(c.expiresAt)} 前有效，用一次就过时。` })

/** A code that the other phone types: for a helper (with what they may do), a child's other guardian, a child's own WeChat. */
page({
  isOnce: true,
  data: { kind: 'family', title: '', about: '', where: '', code: '', spaced: '', until: '', maySignUp: false, mayCollect: false, getsNotices: false },
  async load(query) {
    const name = decodeURIComponent(query['name'] ?? '')
    const kind = query['kind'] ?? 'family'
    const where = '请对方打开“我的 → 家人 → 输入家人给的码”，填上这个码。'
    if (kind === 'guardian') return { kind, title: `请另一位家长加入`, about: `两位家长都能给${name}报名、签到。`, where, ...shown(await guardianCode(query['child']!)) }
    if (kind === 'account') return { kind, title: `给${name}绑定微信`, about: '满 14 周岁，孩子可以用自己的微信。', where: '请孩子用自己的微信打开小程序，在“我有家人给的码”里填上。', ...shown(await accountCode(query['child']!)) }
    return { kind, title: '请家人帮忙', about: '家人能帮您做什么？一样一样选，随时可以解除。', where }
  },
  tick(event: WechatMiniprogram.BaseEvent<object, { which: 'maySignUp' | 'mayCollect' | 'getsNotices' }>) {
    const { which } = event.currentTarget.dataset
    this.setData({ [which]: !this.data[which], refusal: '' })
  },
  async make() {
    const { maySignUp, mayCollect, getsNotices } = this.data
    if (!maySignUp && !mayCollect && !getsNotices) {
      this.setData({ refusal: '请至少选一样家人可以帮您做的事。' })
      return
    }
    await this.act(async () => this.setData(shown(await familyCode({ maySignUp, mayCollect, getsNotices }))))
  },
})

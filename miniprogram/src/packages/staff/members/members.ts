import type { ListMembersItem } from '../../../api/schema'
import { go, page } from '../../../components/page'
import { roleNames } from '../../../domain/words'
import { listMembers } from '../../../services/members'

const view = (m: ListMembersItem) => ({ id: m.memberId, name: m.name, note: [m.phone, ...m.roles.map((r) => roleNames[r])].filter(Boolean).join('，') || '居民', isMinor: m.isMinor })

/** 居民: find somebody by name or telephone number. */
page({
  data: { items: [] as ReturnType<typeof view>[], next: '' },
  async load() {
    const found = await listMembers('')
    return { items: found.items.map(view), next: found.next ?? '' }
  },
  pick: (event: WechatMiniprogram.CustomEvent<{ memberId: string }>) => go(`/packages/staff/member/member?id=${event.detail.memberId}`),
  async onReachBottom() {
    if (!this.data.next) return
    await this.act(async () => {
      const found = await listMembers('', this.data.next)
      this.setData({ items: [...this.data.items, ...found.items.map(view)], next: found.next ?? '' })
    })
  },
})

import type { ChangePreferencesItem } from '../../api/schema'
import { change, get } from '../../api/client'
import { page } from '../../components/page'
import { setLarge } from '../../services/display'

const PREFERENCES = '/api/v1/messages/preferences'

/** 设置: large text, what WeChat brings, privacy. */
page({
  data: { groups: [] as ChangePreferencesItem[], quietFrom: '', quietTo: '' },
  async load() {
    const preferences = await get(PREFERENCES, {})
    return { groups: preferences.groups, quietFrom: preferences.quietFrom.slice(0, 5), quietTo: preferences.quietTo.slice(0, 5) }
  },
  toggleLarge() {
    setLarge(!this.data.large)
    this.setData({ large: !this.data.large })
  },
  async toggleGroup(event: WechatMiniprogram.BaseEvent<object, { group: string }>) {
    const group = this.data.groups.find((g) => g.group === event.currentTarget.dataset.group)!
    if (!group.maySwitchOff) return
    const off = this.data.groups.filter((g) => (g === group ? g.isOn : !g.isOn)).map((g) => g.group)
    await this.act(async () => this.setData({ groups: (await change('put', PREFERENCES, 'preferences', { body: { off } as never })).groups }))
  },
  privacy() {
    void wx.openPrivacyContract({})
  },
})

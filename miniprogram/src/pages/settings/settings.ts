import type { ChangePreferencesItem } from '../../api/schema'
import { page } from '../../components/page'
import { setLarge } from '../../services/display'
import { getPreferences, switchGroup } from '../../services/messages'

/** 设置: large text, what WeChat brings. */
page({
  data: { groups: [] as ChangePreferencesItem[], quietFrom: '', quietTo: '' },
  async load() {
    const preferences = await getPreferences()
    return { groups: preferences.groups, quietFrom: preferences.quietFrom.slice(0, 5), quietTo: preferences.quietTo.slice(0, 5) }
  },
  toggleLarge() {
    setLarge(!this.data.large)
    this.setData({ large: !this.data.large })
  },
  async toggleGroup(event: WechatMiniprogram.BaseEvent<object, { group: string }>) {
    const group = this.data.groups.find((g) => g.group === event.currentTarget.dataset.group)!
    if (group.maySwitchOff) await this.act(async () => this.setData({ groups: (await switchGroup(group.group, !group.isOn)).groups }))
  },
})

import type { ChangePreferencesItem } from '../../api/schema'
import { page } from '../../components/page'
import { setLarge } from '../../services/display'
import { getPreferences, switchGroup } from '../../services/messages'
import { getMe } from '../../services/people'

/** 设置: large text, what WeChat brings. */
page({
  data: { groups: [] as ChangePreferencesItem[], quietFrom: '', quietTo: '' },
  async load() {
    const [preferences, { roles }] = await Promise.all([getPreferences(), getMe()])
    const isAtTill = roles.includes('merchantOwner') || roles.includes('clerk')
    return { groups: preferences.groups.filter((g) => isAtTill || g.group !== 'till'), quietFrom: preferences.quietFrom.slice(0, 5), quietTo: preferences.quietTo.slice(0, 5) }
  },
  toggleLarge() {
    setLarge(!this.data.large)
    this.setData({ large: !this.data.large })
  },
  async toggleGroup(event: WechatMiniprogram.BaseEvent<object, { group: string }>) {
    const group = this.data.groups.find((g) => g.group === event.currentTarget.dataset.group)!
    if (!group.maySwitchOff) return
    await this.act(async () => {
      const { groups } = await switchGroup(group.group, !group.isOn)
      const shown = this.data.groups.map((g) => g.group)
      this.setData({ groups: groups.filter((g) => shown.includes(g.group)) })
    })
  },
})

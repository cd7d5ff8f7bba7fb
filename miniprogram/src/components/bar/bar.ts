import { tabsOf, tabUrl, type ConsoleKey, type Tab } from '../../domain/consoles'
import { knownRoles } from '../../services/people'

/** The bar of a console, inside its page: subpackages have no native one. */
Component({
  properties: { role: String, at: String, count: Number },
  data: { tabs: [] as Tab[] },
  observers: {
    role(role: ConsoleKey) {
      this.setData({ tabs: tabsOf(role, knownRoles()) })
    },
  },
  methods: {
    go(event: WechatMiniprogram.BaseEvent<object, { key: string }>) {
      const { key } = event.currentTarget.dataset
      if (key !== this.properties.at) void wx.redirectTo({ url: tabUrl(this.properties.role as ConsoleKey, key) })
    },
  },
})

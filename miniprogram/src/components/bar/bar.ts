import { consoles, tabUrl, type ConsoleKey } from '../../domain/consoles'

/** The bar of a console, inside its page: subpackages have no native one. */
Component({
  properties: { role: String, at: String, count: Number },
  data: { tabs: [] as readonly { key: string; text: string }[] },
  observers: {
    role(role: ConsoleKey) {
      this.setData({ tabs: consoles.find((c) => c.key === role)?.tabs ?? [] })
    },
  },
  methods: {
    go(event: WechatMiniprogram.BaseEvent<object, { key: string }>) {
      const { key } = event.currentTarget.dataset
      if (key !== this.properties.at) void wx.redirectTo({ url: tabUrl(this.properties.role as ConsoleKey, key) })
    },
  },
})

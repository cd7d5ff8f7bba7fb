import { page } from '../../../components/page'
import { stallCode } from '../../../services/markets'

/** 摊位码: for the stall's sign. Whoever scans it with WeChat sees the stall, may thank it, and where the money goes. */
page({
  isOnce: true,
  data: { title: '', picture: '' },
  async load(query) {
    return { title: decodeURIComponent(query['title'] ?? ''), picture: await stallCode(query['id']!) }
  },
  enlarge() {
    void wx.previewImage({ urls: [this.data.picture] })
  },
})

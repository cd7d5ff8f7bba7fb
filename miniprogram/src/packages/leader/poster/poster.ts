import { page } from '../../../components/page'
import { getActivity } from '../../../services/activities'
import { activityCode, openPoster } from '../../../services/summaries'

/** An activity's code, for a group chat, and its A4 poster, for the notice board. Whoever scans it with WeChat is at the activity. */
page({
  isOnce: true,
  data: { title: '', picture: '' },
  async load(query) {
    const [activity, picture] = await Promise.all([getActivity(query['activity']!), activityCode(query['activity']!)])
    return { title: activity.title, picture }
  },
  enlarge() {
    void wx.previewImage({ urls: [this.data.picture] })
  },
  async print() {
    await this.act(() => openPoster(this.query['activity']!))
  },
})

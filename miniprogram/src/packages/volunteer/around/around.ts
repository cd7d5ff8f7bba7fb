import { page } from '../../../components/page'
import { listPosts, listStations, listTeams } from '../../../services/community'

/** 服务站和服务队: where to go and whom to ask, in the order of their names. */
page({
  data: {
    stations: [] as { id: string; name: string; kind: string; about: string; phone: string }[],
    teams: [] as { id: string; name: string; purpose: string }[],
    posts: [] as { id: string; name: string; duties: string; isModel: boolean }[],
    isEmpty: false,
  },
  async load() {
    const [stations, teams, posts] = await Promise.all([listStations(), listTeams(), listPosts()])
    const [open, kept] = [stations.filter((s) => !s.isArchived), posts.filter((p) => !p.isArchived)]
    return {
      stations: open.map((s) => ({ id: s.id, name: s.name, kind: s.kind === 'volunteering' ? '志愿服务站' : '文明实践站', about: [s.address, s.openingHours].filter(Boolean).join('，'), phone: s.phone ?? '' })),
      teams: teams.map(({ id, name, purpose }) => ({ id, name, purpose })),
      posts: kept.map((p) => ({ id: p.id, name: p.name, duties: p.duties, isModel: p.kind === 'demonstration' })),
      isEmpty: open.length + teams.length + kept.length === 0,
    }
  },
  call(event: WechatMiniprogram.BaseEvent<object, { phone: string }>) {
    void wx.makePhoneCall({ phoneNumber: event.currentTarget.dataset.phone })
  },
})

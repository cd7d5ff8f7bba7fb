import type { Role } from '../../../api/schema'
import { page } from '../../../components/page'
import { getMe } from '../../../services/people'

interface Row {
  url: string
  title: string
  what: string
  roles: readonly Role[]
}

const GROUPS: readonly { title: string; rows: readonly Row[] }[] = [
  {
    title: '人', rows: [
      { url: 'members', title: '居民', what: '找人、看资料、发卡、给身份', roles: ['staff', 'socialWorker'] },
      { url: 'cards', title: '老人卡', what: '发卡、补卡、停卡', roles: ['staff', 'socialWorker'] },
      { url: 'elder', title: '登记老人', what: '没有手机的，有见证人在场', roles: ['staff', 'socialWorker'] },
      { url: 'roles', title: '身份和代理', what: '谁是什么身份', roles: ['staff'] },
      { url: 'deputies', title: '请人代理', what: '休假几天，请同事代做', roles: ['staff', 'socialWorker', 'treasurer'] },
      { url: 'handover', title: '离任交接', what: '一次交给接手的人', roles: ['staff'] },
    ],
  },
  {
    title: '队伍和地点', rows: [
      { url: 'teams', title: '志愿服务队', what: '做什么、谁负责', roles: ['staff'] },
      { url: 'posts', title: '志愿服务岗', what: '负责的楼栋、一周的班', roles: ['staff', 'socialWorker'] },
      { url: 'stations', title: '志愿服务站', what: '地址、开放时间', roles: ['staff'] },
      { url: 'places', title: '网格、小区、楼栋', what: '登记、改名、停用', roles: ['staff'] },
    ],
  },
  {
    title: '伙伴', rows: [
      { url: 'units', title: '单位', what: '红色合伙人、社会组织', roles: ['staff'] },
      { url: 'merchants', title: '商家', what: '登记、协议、负责人、项目', roles: ['staff', 'treasurer'] },
      { url: 'partners', title: '共建伙伴', what: '不涉及钱的共建协议', roles: ['staff', 'socialWorker', 'treasurer'] },
    ],
  },
]

/** 人与伙伴: people, teams and places, partners; what is the caller's to do. */
page({
  data: { groups: [] as { title: string; rows: { url: string; title: string; what: string }[] }[] },
  async load() {
    const { roles } = await getMe()
    const mine = (row: Row) => row.roles.some((one) => roles.includes(one))
    return { groups: GROUPS.map((g) => ({ title: g.title, rows: g.rows.filter(mine).map(({ url, title, what }) => ({ url: `/packages/staff/${url}/${url}`, title, what })) })).filter((g) => g.rows.length > 0) }
  },
})

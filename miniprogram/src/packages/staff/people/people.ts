import { page } from '../../../components/page'
import { getMe } from '../../../services/people'

const ROWS = [
  { url: 'members', title: '居民', what: '找人、看资料、发卡、给身份', roles: ['staff', 'socialWorker'] },
  { url: 'cards', title: '老人卡', what: '发卡、补卡、停卡', roles: ['staff', 'socialWorker'] },
  { url: 'roles', title: '身份和代理', what: '谁是什么身份', roles: ['staff'] },
  { url: 'units', title: '单位', what: '红色合伙人、社会组织', roles: ['staff'] },
  { url: 'merchants', title: '商家', what: '登记、协议、负责人、项目', roles: ['staff', 'treasurer'] },
  { url: 'partners', title: '共建伙伴', what: '不涉及钱的共建协议', roles: ['staff', 'socialWorker', 'treasurer'] },
  { url: 'handover', title: '离任交接', what: '一次交给接手的人', roles: ['staff'] },
]

/** 人与伙伴. */
page({
  data: { rows: [] as { url: string; title: string; what: string }[] },
  async load() {
    const { roles } = await getMe()
    return { rows: ROWS.filter((r) => r.roles.some((one) => roles.includes(one as never))).map(({ url, title, what }) => ({ url: `/packages/staff/${url}/${url}`, title, what })) }
  },
})

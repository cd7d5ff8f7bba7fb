import { page } from '../../../components/page'
import { covers } from '../plan'
import { getFund, getPool } from '../../../services/books'
import { getMe } from '../../../services/people'

const ROWS = [
  { url: 'grants', title: '表扬发放', what: '申报、表格导入、记录', roles: ['staff', 'socialWorker', 'treasurer'] },
  { url: 'fund', title: '基金账本', what: '捐赠收据、调整、冲正', roles: ['staff', 'treasurer'] },
  { url: 'statements', title: '对账单', what: '商家确认、疑问、编制拨付', roles: ['staff', 'treasurer'] },
  { url: 'payouts', title: '拨付批次', what: '复核、提交、登记回单、结清', roles: ['staff', 'treasurer'] },
  { url: 'pauses', title: '暂停与恢复', what: '发放、兑换分开管', roles: ['staff', 'treasurer'] },
  { url: 'letters', title: '没发出去的消息', what: '看原因，重发', roles: ['staff'] },
  { url: 'templates', title: '消息和模板', what: '哪类消息用哪个微信模板', roles: ['staff'] },
  { url: 'log', title: '操作日志', what: '谁在什么时候做了什么', roles: ['staff'] },
]

/** 账与公示: how well the fund covers what is promised, the pool, and what is done with coins. */
page({
  data: { rows: [] as { url: string; title: string; what: string }[], cover: '', outstanding: 0, promised: 0, pool: 0 },
  async load() {
    const [{ roles }, pool] = await Promise.all([getMe(), getPool()])
    const fund = roles.some((r) => ['staff', 'socialWorker', 'treasurer'].includes(r)) ? await getFund().catch(() => undefined) : undefined
    const { position } = fund ?? {}
    return {
      rows: ROWS.filter((r) => r.roles.some((one) => roles.includes(one as never))).map(({ url, title, what }) => ({ url: `/packages/staff/${url}/${url}`, title, what })), pool: Number(pool.coins),
      cover: position?.cover ? covers[position.cover] : '', outstanding: Number(position?.outstandingCoins ?? 0), promised: Number(position?.promisedCoins ?? 0),
    }
  },
})

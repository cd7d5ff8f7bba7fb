import type { PublicAccountsReceiptItem } from '../../../api/schema'
import { page } from '../../../components/page'
import { yuan } from '../../../domain/amounts'
import { bars, type Bar } from '../../../domain/board'
import { longDay, type Day } from '../../../domain/dates'
import { getBoardFund, getFundYear, listFundReceipts } from '../../../services/board'
import { getCommunity } from '../../../services/community'

const DONORS = { partner: '合伙人捐的', stall: '集市摊位捐的', other: '爱心人士捐的' } as const

const receipt = (r: PublicAccountsReceiptItem, today: Day) => ({ id: r.id, title: `${yuan(Number(r.amountFen))} 元，${DONORS[r.donor]}`, what: `${longDay(r.receiptOn, today)}，${r.charityName} ${r.receiptNumber}`, filing: `备案 ${r.filingNumber}` })

/** A year of the fund, its quiet months left out. */
async function shown(year: number) {
  const found = await getFundYear(year)
  const quiet = (m: (typeof found.months)[number]) => !Number(m.contributedFen) && !Number(m.paidFen) && !Number(m.adjustedFen)
  return {
    year, contributed: yuan(Number(found.contributedFen)), paid: yuan(Number(found.paidFen)),
    months: found.months.filter((m) => !quiet(m)).reverse().map((m) => ({
      month: `${Number(m.month.slice(5, 7))} 月`,
      bars: bars([{ name: '收到', value: Number(m.contributedFen), text: `${yuan(Number(m.contributedFen))} 元` }, { name: '付出', value: Number(m.paidFen), text: `${yuan(Number(m.paidFen))} 元` },
        ...(Number(m.adjustedFen) ? [{ name: '其他', value: Math.abs(Number(m.adjustedFen)), text: `${yuan(Number(m.adjustedFen))} 元` }] : [])]),
    })),
  }
}

/** 社区基金的账: what came in and was paid, of the fund as a whole; the charity's receipts. No merchant, no person, and no coin stands beside it. */
page({
  data: { year: 0, isThisYear: true, contributed: '', paid: '', months: [] as { month: string; bars: Bar[] }[], settled: '', receipts: [] as ReturnType<typeof receipt>[], next: '' },
  async load() {
    const [{ today }, settled, receipts] = await Promise.all([getCommunity(), getBoardFund(), listFundReceipts()])
    return {
      ...(await shown(Number(today.slice(0, 4)))), isThisYear: true,
      settled: settled.paidFen === null ? '' : `开办到现在，和商家结清了 ${settled.statements} 张对账单，一共 ${yuan(Number(settled.paidFen))} 元。`,
      receipts: receipts.items.map((r) => receipt(r, today)), next: receipts.next ?? '',
    }
  },
  async turn() {
    const { today } = await getCommunity()
    const thisYear = Number(today.slice(0, 4))
    const year = this.data.isThisYear ? thisYear - 1 : thisYear
    await this.act(async () => this.setData({ ...(await shown(year)), isThisYear: year === thisYear }))
  },
  async more() {
    await this.act(async () => {
      const [{ today }, found] = await Promise.all([getCommunity(), listFundReceipts(this.data.next)])
      this.setData({ receipts: [...this.data.receipts, ...found.items.map((r) => receipt(r, today))], next: found.next ?? '' })
    })
  },
})

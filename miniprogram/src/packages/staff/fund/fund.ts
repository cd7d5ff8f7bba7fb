import type { BookLineKind, FundEntryKind, ListBookItem, ListEntriesItem } from '../../../api/schema'
import { askText, choose } from '../../../components/ask'
import { go, page } from '../../../components/page'
import { yuan } from '../../../domain/amounts'
import { dayOf, longDay, type Day } from '../../../domain/dates'
import { getFund } from '../../../services/books'
import { getCommunity } from '../../../services/community'
import { correctEntry, listBook, listWaitingEntries, pictureOf } from '../../../services/fund'
import { getMe } from '../../../services/people'

const LINES: Record<BookLineKind, string> = { opening: '期初', contribution: '捐赠入账', adjustmentIn: '调增', adjustmentOut: '调减', correction: '冲正', payout: '拨付' }
const ENTRIES: Record<FundEntryKind, string> = { contribution: '捐赠入账', adjustmentIn: '调增', adjustmentOut: '调减', correction: '冲正' }

const line = (l: ListBookItem, today: Day) => ({
  seq: Number(l.seq), id: l.entryId ?? '', title: LINES[l.kind], text: l.text ?? '', when: `${longDay(dayOf(l.at), today)}${l.makerName ? `，${l.makerName}经办` : ''}，账本第 ${l.seq} 笔`,
  change: `${Number(l.changeFen) > 0 ? '+' : ''}${yuan(Number(l.changeFen))}`, after: `余 ${yuan(Number(l.afterFen))}`, picture: pictureOf(l.evidence), isCorrected: l.isCorrected,
  mayCorrect: Boolean(l.entryId) && l.kind !== 'correction' && !l.isCorrected,
})

const entry = (e: ListEntriesItem, today: Day) => ({ id: e.id, title: `${ENTRIES[e.kind]} ${yuan(Number(e.amountFen))} 元`, what: e.reason, who: `${e.makerName ?? '一位同事'}${longDay(dayOf(e.createdAt), today)}提交`, picture: pictureOf(e.evidence), url: `/packages/staff/approval/approval?id=${e.approvalId}` })

/** 基金账本: what is in the fund, what waits for another person, and every line with what shows it. */
page({
  data: { cash: '', mayEnter: false, mayOpen: false, waiting: [] as ReturnType<typeof entry>[], lines: [] as ReturnType<typeof line>[], next: '' },
  async load() {
    const [{ today }, { roles }, fund, waiting, book] = await Promise.all([getCommunity(), getMe(), getFund(), listWaitingEntries(), listBook()])
    return {
      cash: yuan(Number(fund.cashFen)), mayEnter: roles.includes('staff') || roles.includes('treasurer'), mayOpen: roles.includes('treasurer') && book.items.length === 0,
      waiting: waiting.items.map((e) => entry(e, today)), lines: book.items.map((l) => line(l, today)), next: book.next ?? '',
    }
  },
  async more() {
    await this.act(async () => {
      const [{ today }, book] = await Promise.all([getCommunity(), listBook(this.data.next)])
      this.setData({ lines: [...this.data.lines, ...book.items.map((l) => line(l, today))], next: book.next ?? '' })
    })
  },
  look(event: WechatMiniprogram.BaseEvent<object, { picture: string }>) {
    const { picture } = event.currentTarget.dataset
    if (picture) void wx.previewImage({ urls: [picture] })
  },
  async tapLine(event: WechatMiniprogram.BaseEvent<object, { seq: number }>) {
    const chosen = this.data.lines.find((l) => l.seq === event.currentTarget.dataset.seq)!
    const ways = [...(chosen.picture ? ['看凭据'] : []), ...(chosen.mayCorrect && this.data.mayEnter ? ['冲正这一笔'] : [])]
    if (ways.length === 0) return
    const index = await choose(ways)
    if (index === undefined) return
    if (ways[index] === '看凭据') return void wx.previewImage({ urls: [chosen.picture] })
    const reason = await askText('为什么冲正', '比如：金额记错了')
    if (reason && (await this.act(() => correctEntry(chosen.id, reason)))) await this.reload()
  },
  enter(event: WechatMiniprogram.BaseEvent<object, { kind: string }>) {
    go(`/packages/staff/entry/entry?kind=${event.currentTarget.dataset.kind}`)
  },
})

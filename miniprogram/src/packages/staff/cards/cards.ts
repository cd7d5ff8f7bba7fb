import type { ListCardsItem } from '../../../api/schema'
import { askText, choose } from '../../../components/ask'
import { page } from '../../../components/page'
import { moment, type Day } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import { issueCard, listCards, printCard, replaceCard, revokeCard } from '../../../services/members'

/** Letters of a number that are shown. */
const SHOWN = 4

const view = (c: ListCardsItem, today: Day) => ({ id: c.id, name: c.name, note: `尾号 ${c.maskedNumber.slice(-SHOWN)}，${moment(c.issuedAt, today)}发`, isOff: c.revokedAt !== null })

/** 老人卡: printed cards of those without a phone; issued, read once for printing, replaced, revoked. */
page({
  data: { cards: [] as ReturnType<typeof view>[], next: '', printed: null as null | { name: string; number: string } },
  async load() {
    const [{ today }, found] = await Promise.all([getCommunity(), listCards()])
    return { cards: found.items.map((c) => view(c, today)), next: found.next ?? '' }
  },
  async onReachBottom() {
    if (!this.data.next) return
    await this.act(async () => {
      const [{ today }, found] = await Promise.all([getCommunity(), listCards(undefined, this.data.next)])
      this.setData({ cards: [...this.data.cards, ...found.items.map((c) => view(c, today))], next: found.next ?? '' })
    })
  },
  async pick(event: WechatMiniprogram.CustomEvent<{ memberId: string }>) {
    if (await this.act(() => issueCard(event.detail.memberId))) await this.reload()
  },
  async more(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const card = this.data.cards.find((c) => c.id === event.currentTarget.dataset.id)!
    const index = card.isOff ? undefined : await choose(['看卡号，用来打印', '补卡', '停用'])
    if (index === undefined) return
    if (index === 0) return void this.act(async () => this.setData({ printed: await printCard(card.id) }))
    const reason = await askText(index === 1 ? '补卡的原因，旧卡马上停用' : '停用的原因', '比如：卡丢了')
    if (reason && (await this.act(() => (index === 1 ? replaceCard(card.id, reason) : revokeCard(card.id, reason))))) await this.reload()
  },
})

import { askText, choose } from '../../../components/ask'
import { page } from '../../../components/page'
import { moment } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import { issueCard, listCards, printCard, revokeCard } from '../../../services/members'

/** 老人卡: printed cards of those without a phone; issued, read once for printing, revoked. */
page({
  data: { cards: [] as { id: string; name: string; note: string; isOff: boolean }[], printed: null as null | { name: string; number: string } },
  async load() {
    const [{ today }, { items }] = await Promise.all([getCommunity(), listCards()])
    return { cards: items.map((c) => ({ id: c.id, name: c.name, note: `${c.maskedNumber}，${moment(c.issuedAt, today)}发`, isOff: c.revokedAt !== null })) }
  },
  async pick(event: WechatMiniprogram.CustomEvent<{ memberId: string }>) {
    if (await this.act(() => issueCard(event.detail.memberId))) await this.reload()
  },
  async more(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const card = this.data.cards.find((c) => c.id === event.currentTarget.dataset.id)!
    const index = card.isOff ? undefined : await choose(['看卡号，用来打印', '停用'])
    if (index === undefined) return
    if (index === 0) return void this.act(async () => this.setData({ printed: await printCard(card.id) }))
    const reason = await askText('停用的原因', '比如：卡丢了')
    if (reason && (await this.act(() => revokeCard(card.id, reason)))) await this.reload()
  },
})

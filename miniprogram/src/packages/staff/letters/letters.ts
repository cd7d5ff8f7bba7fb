import type { NoticeKind } from '../../../api/schema'
import { askText } from '../../../components/ask'
import { page } from '../../../components/page'
import { moment } from '../../../domain/dates'
import { noticeKinds } from '../../../domain/words'
import { listLetters, resend, resendAll } from '../../../services/books'
import { getCommunity } from '../../../services/community'

/** Of a message by its kind in the outbox: "message.signupConfirmed". */
const nameOf = (kind: string) => noticeKinds[kind.replace('message.', '') as NoticeKind] ?? kind

/** 没发出去的消息: why, and once more, one or all of a kind. */
page({
  data: { items: [] as { id: string; kind: string; error: string; when: string }[], kinds: [] as { kind: string; name: string; count: number }[], said: '' },
  async load() {
    const [{ today }, { items }] = await Promise.all([getCommunity(), listLetters()])
    const kinds = [...new Set(items.map((l) => l.kind))]
    return {
      items: items.map((l) => ({ id: l.id, kind: nameOf(l.kind), error: l.error ?? '没有说明', when: `${moment(l.deadAt, today)}，试了 ${l.attempts} 次` })),
      kinds: kinds.map((kind) => ({ kind, name: nameOf(kind), count: items.filter((l) => l.kind === kind).length })).filter((k) => k.count > 1),
    }
  },
  async one(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const reason = await askText('重发的原因', '比如：模板改好了')
    if (reason && (await this.act(() => resend(event.currentTarget.dataset.id, reason)))) await this.reload()
  },
  async all(event: WechatMiniprogram.BaseEvent<object, { kind: string }>) {
    const reason = await askText('全部重发的原因', '比如：模板改好了')
    if (reason && (await this.act(() => resendAll(event.currentTarget.dataset.kind, reason)))) await this.reload()
  },
})

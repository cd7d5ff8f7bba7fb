import type { StaffActivityDetail } from '../../../api/schema'
import { askText, choose, confirm } from '../../../components/ask'
import { go, page } from '../../../components/page'
import { dayOf, nearDay, span, type Day } from '../../../domain/dates'
import { categories } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { cancelPlan, cancelShift, closePlan, getPlan, project, publish, raiseBudget, removeShift } from '../../../services/planning'
import { covers, states } from '../plan'

const shiftView = (s: StaffActivityDetail['shifts'][number], today: Day) => ({
  id: s.id, version: s.version, when: `${nearDay(dayOf(s.form.startsAt), today)} ${span(s.form.startsAt, s.form.endsAt)}`, note: `${s.form.address}，${s.leader?.name ?? '没有负责人'}，报名 ${s.taken}/${s.form.capacity}`, isOff: s.state === 'cancelled',
})

/** Whether every shift that took place is over, so that there is something to sum up. A post's activity never ends. */
function isOver(a: StaffActivityDetail, now: string) {
  const held = a.shifts.filter((s) => s.state === 'open')
  return ['published', 'ended', 'closed'].includes(a.state) && a.form.kind !== 'standing' && held.length > 0 && held.every((s) => Date.parse(s.form.endsAt) <= Date.parse(now))
}

/** One activity: its facts, its shifts, and the step that comes next. Publishing shows what it promises and whether the fund covers it. */
page({
  data: {
    id: '', title: '', kind: '' as StaffActivityDetail['state'] | '', state2: '', tone: '', facts: [] as string[], held: false, hoursOnly: false, post: '', version: 0, budget: 0, shifts: [] as ReturnType<typeof shiftView>[],
    ended: false, promise: 0, cover: '', covered: true, asking: false, missing: [] as string[],
  },
  async load(query) {
    const [{ today, now }, a] = await Promise.all([getCommunity(), getPlan(query['id']!)])
    return {
      id: a.id, title: a.form.title, kind: a.state, state2: states[a.state].text, tone: states[a.state].tone, held: a.isTextHeld, hoursOnly: a.form.isHoursOnly, post: a.form.kind === 'standing' ? (a.form.postId ?? '') : '', version: a.version, budget: Number(a.form.budgetCoins ?? 0),
      facts: [
        a.form.description, `${categories[a.form.category]}，${a.form.hostedBy ?? '没写主办单位'}`, a.form.contactName ? `联系 ${a.form.contactName} ${a.form.contactPhone ?? ''}` : '没写联系人',
        a.form.isHoursOnly ? '只记时长' : `预算 ${a.form.budgetCoins ?? '没写'} 枚，承诺 ${a.promisedCoins} 枚，已发 ${a.issuedCoins} 枚`, ...(a.seriesId ? ['按周重复的活动之一'] : []), ...(a.cancelReason ? [`取消了：${a.cancelReason}`] : []),
      ],
      shifts: a.shifts.map((s) => shiftView(s, today)), ended: isOver(a, now), asking: false, missing: [],
    }
  },
  edit() {
    go(`/packages/staff/edit/edit?id=${this.data.id}`)
  },
  addShift() {
    go(`/packages/staff/slot/slot?activity=${this.data.id}`)
  },
  async onShift(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const shift = this.data.shifts.find((s) => s.id === event.currentTarget.dataset.id)!
    const deeds = shift.isOff ? [] : this.data.kind === 'draft' ? ['修改', '删除'] : this.data.kind === 'published' ? ['修改', '取消这个时段'] : []
    const index = deeds.length > 0 ? await choose(deeds) : undefined
    if (index === undefined) return
    if (deeds[index] === '修改') return go(`/packages/staff/slot/slot?activity=${this.data.id}&id=${shift.id}`)
    if (deeds[index] === '删除') await this.act(() => removeShift(shift.id))
    else {
      const reason = await askText('取消的原因', '报名的居民会看到')
      if (!reason) return
      await this.act(() => cancelShift(shift.id, shift.version, reason))
    }
    await this.reload()
  },
  /** What it would promise, before the two ways to publish. */
  async ask() {
    await this.act(async () => {
      const p = await project(this.data.id)
      this.setData({ asking: true, promise: Number(p.projectedCoins), cover: p.fund?.cover ? covers[p.fund.cover] : '', covered: p.isCovered })
    })
  },
  async publish(event: WechatMiniprogram.BaseEvent<object, { hours: string }>) {
    const asHoursOnly = Boolean(event.currentTarget.dataset.hours)
    if (await this.act(() => publish(this.data.id, this.data.version, asHoursOnly))) await this.reload()
  },
  async more() {
    const { kind, id, version, post, budget, hoursOnly } = this.data
    // A post's activity repeats by its rota.
    const deeds = [...(post ? [] : ['复制、按周重复']), ...(kind === 'published' ? ['取消活动'] : []), ...(kind === 'ended' ? ['办结'] : []), ...((kind === 'published' || kind === 'ended') && !hoursOnly ? ['增加预算'] : [])]
    const index = await choose(deeds)
    if (index === undefined) return
    if (deeds[index] === '复制、按周重复') return go(`/packages/staff/repeat/repeat?id=${id}`)
    await this.act(async () => {
      if (deeds[index] === '取消活动') {
        const reason = await askText('取消的原因', '报名的居民会看到')
        if (reason) await cancelPlan(id, version, reason)
      }
      if (deeds[index] === '办结' && (await confirm('办结活动？', '办结后不能再补登记和核时长。', '办结'))) await closePlan(id, version)
      if (deeds[index] === '增加预算') {
        const coins = await askText(`预算现在 ${budget} 枚，增加到`, '填总数')
        const reason = coins && /^\d{1,6}$/.test(coins) ? await askText('为什么增加', '比如：多来了 5 人') : undefined
        if (reason) await raiseBudget(id, Number(coins), version, reason)
      }
    })
    await this.reload()
  },
})

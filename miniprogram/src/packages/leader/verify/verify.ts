import type { GetVerificationLine } from '../../../api/schema'
import { askText, choose as chooseLine, confirm } from '../../../components/ask'
import { page } from '../../../components/page'
import { hours } from '../../../domain/amounts'
import { dayOf, instantOf, longDay, timeOf } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import { checkOutAll, enterTimes } from '../../../services/door'
import { getVerification, leaveOut, verifyOne, verifyShift } from '../../../services/verifying'
import { choose, ledShifts, type ShiftView } from '../led'

/** Why a line waits for a decision. (The API document gives this list and the refusals' body one name, so that its type says nothing.) */
type Why = 'notCheckedOut' | 'tooShort' | 'own' | 'forSecond'

const whys: Record<Why, string> = { notCheckedOut: '没签退', tooShort: '不足 5 分钟', own: '自己或家人，请另一位核', forSecond: '补录，等第二人复核' }

const lineView = (l: GetVerificationLine) => ({
  id: l.attendanceId,
  memberId: l.memberId,
  name: l.name,
  problem: l.problem as unknown as Why | null,
  why: l.problem ? whys[l.problem as unknown as Why] : '',
  times: `${timeOf(l.checkedInAt)} 到${l.checkedOutAt ? `，${timeOf(l.checkedOutAt)} 走` : ''}`,
  checkedInAt: l.checkedInAt,
})

/** 核时长: one 全部确认; only what needs a decision is listed. */
page({
  data: {
    shifts: [] as ShiftView[], shift: null as ShiftView | null, people: 0, hours: '0', coins: 0, second: 0, recorded: 0, deadline: '', count: '', counts: false, isOver: false, open: 0,
    lines: [] as ReturnType<typeof lineView>[], said: '',
  },
  async load(query) {
    const { today, now } = await getCommunity()
    const { shifts, chosen } = await ledShifts(today, query['id'])
    if (!chosen) return { shifts, shift: null }
    choose(chosen.id)
    const v = await getVerification(chosen.id)
    const lines = v.lines.items.map(lineView)
    return {
      shifts, shift: chosen,
      people: v.ready.people, hours: hours(v.ready.minutes), coins: Number(v.ready.coins), second: v.ready.forSecond, recorded: v.recorded,
      deadline: longDay(v.deadline, today),
      counts: v.count.people !== null && !v.count.matches,
      count: v.count.people === null || v.count.matches ? '' : `现场数了 ${v.count.people} 人，名单上有 ${v.count.listed} 人。请核对，没错就写明原因。`,
      isOver: Date.parse(v.endsAt) <= Date.parse(now),
      open: lines.filter((l) => l.problem === 'notCheckedOut').length,
      lines,
    }
  },
  async switchShift() {
    const index = await chooseLine(this.data.shifts.slice(0, 6).map((s) => `${s.title}，${s.when}`))
    if (index === undefined) return
    choose(this.data.shifts[index]!.id)
    void wx.redirectTo({ url: '/packages/leader/verify/verify' })
  },
  async verifyAll() {
    const { shift, counts, people } = this.data
    const reason = counts ? await askText('人数对不上的原因', '比如：有 1 人提前走了') : null
    if (reason === undefined || (counts && !reason)) return
    if (!counts && !(await confirm('全部确认？', `${people} 人的时长记下来，凤凰币同时到账本上，本人会收到消息。`, '确认'))) return
    await this.act(async () => {
      const done = await verifyShift(shift!.id, reason)
      const said = `记好了：${done.recorded} 人，${hours(done.minutes)} 小时${done.coins ? `，${done.coins} 枚` : ''}。`
      this.setData({ said: [said, done.forSecond ? `补录 ${done.forSecond} 人，等第二人复核。` : '', ...done.notRecorded.map((r) => r.why)].filter(Boolean).join('') })
    })
    await this.reload()
  },
  async endAll() {
    if (!(await confirm('全部按结束时间签退？', `没签退的 ${this.data.open} 人都记到时段结束。`, '签退'))) return
    await this.act(() => checkOutAll(this.data.shift!.id))
    await this.reload()
  },
  async decide(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const line = this.data.lines.find((l) => l.id === event.currentTarget.dataset.id)!
    const choices = line.problem === 'notCheckedOut' ? ['登记离开时间', '不计时长'] : line.problem === 'tooShort' ? ['改时长', '不计时长'] : []
    const index = choices.length > 0 ? await chooseLine(choices) : undefined
    if (index === undefined) return
    const work = choices[index] === '不计时长' ? await this.excluding(line.id) : choices[index] === '改时长' ? await this.changing(line.id) : await this.leaving(line.memberId, line.checkedInAt)
    if (!work) return
    await this.act(work)
    await this.reload()
  },
  async excluding(id: string) {
    const reason = await askText('不计时长的原因', '比如：签错了人')
    return reason ? () => leaveOut(id, reason) : undefined
  },
  async changing(id: string) {
    const minutes = await askText('实际多少分钟', '5 的倍数')
    const reason = minutes && /^\d{1,3}$/.test(minutes) ? await askText('改时长的原因', '比如：忘了及时签到') : undefined
    return reason ? () => verifyOne(id, Number(minutes), reason) : undefined
  },
  async leaving(memberId: string, checkedInAt: string) {
    const time = await askText('几点走的', '比如 11:30')
    const at = time?.replace('：', ':')
    if (!at) return undefined
    if (!/^\d{1,2}:[0-5]\d$/.test(at)) {
      this.setData({ refusal: '时间请写成 11:30 这样。' })
      return undefined
    }
    const reason = await askText('登记的原因', '比如：手机没电了')
    return reason ? () => enterTimes(this.data.shift!.id, memberId, checkedInAt, instantOf(dayOf(checkedInAt), at), reason) : undefined
  },
})

import type { LiveRosterResponse, Named } from '../../../api/schema'
import { Problem } from '../../../api/problem'
import { askText, choose as chooseLine, confirm } from '../../../components/ask'
import { go, page } from '../../../components/page'
import { moment, timeOf } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import {
  approveSignup, countHeads, excuseSignup, findByName, keep, kept, listRoster, moreOfDoor, rejectSignup, scanned, scanPerson, tick, undoCheckIn, uploadKept, walkIn, watchDoor,
} from '../../../services/door'
import { Watch } from '../../../services/watch'
import { choose, ledShifts, type ShiftView } from '../led'
import { lineView, withKept, type Deed, type LineView } from './line'

const LOOK = 3000
let watch: Watch | undefined
let tag: string | undefined
let lines: LineView[] = []

type OfLine = WechatMiniprogram.BaseEvent<object, { member: string; deed: Deed }>

/** What the server can't tell now: without network, or nobody knows. */
const isAway = (error: unknown) => ['client.no_network', 'client.unknown'].includes(Problem.of(error).code)

/** 名单: who is there, live; scan, tick, help, count; what happens without network is kept and sent later. */
page({
  data: {
    shifts: [] as ShiftView[], shift: null as ShiftView | null, there: 0, gone: 0, expected: 0, heads: '', lines: [] as LineView[], next: '',
    conflicts: [] as { id: string; text: string }[], asking: [] as { id: string; name: string }[], said: '', kept: 0, helping: false, name: '', found: [] as readonly Named[], missing: '',
  },
  async load(query) {
    const { today } = await getCommunity()
    const { shifts, chosen } = await ledShifts(today, query['id'])
    if (!chosen) return { shifts, shift: null }
    choose(chosen.id)
    const [door, roster] = await Promise.all([watchDoor(chosen.id, undefined), listRoster(chosen.id)])
    tag = door!.tag
    return { shifts, shift: chosen, helping: Boolean(query['help']), asking: roster.lines.items.filter((l) => l.state === 'requested').map((l) => ({ id: l.signupId, name: l.name })), ...viewOf(door!.answer, today, chosen.id) }
  },
  shown() {
    watch?.stop()
    watch = new Watch(LOOK, () => this.look())
    watch.start()
  },
  onHide: () => watch?.stop(),
  onUnload: () => watch?.stop(),
  /** One look: sends what was kept, then shows what is new. */
  async look() {
    const { shift, busy } = this.data
    if (!shift || busy) return
    try {
      if (kept(shift.id).length > 0 && (await uploadKept(shift.id)) > 0) this.setData({ said: '网络好了，留在手机上的都上传了。' })
      const changed = await watchDoor(shift.id, tag)
      if (!changed) return
      tag = changed.tag
      this.setData({ ...viewOf(changed.answer, (await getCommunity()).today, shift.id), problem: '' })
    } catch (error) {
      if (isAway(error)) this.setData({ problem: '没有网络，可以照常登记，联网后自动上传。', kept: kept(shift.id).length })
    }
  },
  async switchShift() {
    const index = await chooseLine(this.data.shifts.slice(0, 6).map((s) => `${s.title}，${s.when}`))
    if (index === undefined) return
    choose(this.data.shifts[index]!.id)
    void wx.redirectTo({ url: '/packages/leader/roster/roster' })
  },
  async scan() {
    const { shift } = this.data
    let result: string
    try {
      result = (await wx.scanCode({ onlyFromCamera: true })).result
    } catch {
      return
    }
    await this.act(async () => {
      try {
        if ((await wx.getNetworkType()).networkType === 'none') throw new Problem('client.no_network', '', 0)
        const { name, person } = await scanPerson(shift!.id, result)
        this.setData({ said: person.did === 'in' ? `${name}，签到了，${timeOf(person.checkedInAt)}。` : `${name}，签退了，${timeOf(person.checkedOutAt!)}。` })
        void wx.vibrateShort({ type: 'medium' })
      } catch (error) {
        if (!isAway(error)) throw error
        await keep(shift!.id, scanned(result))
        this.setData({ said: '记在手机上了，联网后自动上传。', kept: kept(shift!.id).length })
      }
    })
    await this.look()
  },
  /** In or out by the leader. */
  async tick(event: OfLine) {
    const { member, deed } = event.currentTarget.dataset
    const id = this.data.shift!.id
    if (!deed) return
    await this.act(async () => {
      try {
        if ((await wx.getNetworkType()).networkType === 'none') throw new Problem('client.no_network', '', 0)
        await tick(id, member, deed)
      } catch (error) {
        if (!isAway(error)) throw error
        await keep(id, { memberId: member, did: deed })
        this.setData({ kept: kept(id).length, lines: withKept(lines, kept(id)) })
      }
    })
    await this.look()
  },
  /** What else can be done with somebody. */
  async more(event: OfLine) {
    const line = this.data.lines.find((l) => l.memberId === event.currentTarget.dataset.member)!
    const choices = line.attendanceId && line.deed === 'out' ? ['撤销签到'] : line.deed === 'in' ? ['准假'] : []
    const index = choices.length > 0 ? await chooseLine(choices) : undefined
    if (index === undefined) return
    if (choices[index] === '撤销签到') {
      if (await confirm('撤销签到？', `${line.name}的签到会撤掉，可以重新签。`, '撤销')) await this.act(() => undoCheckIn(line.attendanceId))
    } else {
      const reason = await askText('准假的原因', '比如：身体不舒服')
      if (reason) await this.act(() => excuseSignup(line.signupId, reason))
    }
    await this.look()
  },
  async answer(event: WechatMiniprogram.BaseEvent<object, { id: string; yes: string }>) {
    const { id, yes } = event.currentTarget.dataset
    const reason = yes ? '' : await askText('不同意的原因', '居民会看到')
    if (reason === undefined || (!yes && !reason)) return
    if (await this.act(() => (yes ? approveSignup(id) : rejectSignup(id, reason)))) await this.reload()
  },
  async count() {
    const people = await askText('现场有多少人', '数一数，填数字')
    if (people === undefined) return
    if (!/^\d{1,5}$/.test(people)) this.setData({ refusal: '人数请填整数。' })
    else if (await this.act(() => countHeads(this.data.shift!.id, Number(people)))) await this.look()
  },
  help() {
    this.setData({ helping: !this.data.helping, found: [], missing: '', refusal: '' })
  },
  typeName(event: WechatMiniprogram.Input) {
    this.setData({ name: event.detail.value, found: [], missing: '' })
  },
  async find() {
    const name = this.data.name.trim()
    if (!name) return
    await this.act(async () => {
      const found = await findByName(this.data.shift!.id, name)
      this.setData({ found, missing: found.length === 0 ? `没有找到“${name}”。可以请本人打开小程序“我的码”给您扫，或先加入社区。` : '' })
    })
  },
  async walkIn(event: WechatMiniprogram.BaseEvent<object, { member: string; name: string }>) {
    const { member, name } = event.currentTarget.dataset
    const done = await this.act(() => walkIn(this.data.shift!.id, member))
    if (done) this.setData({ said: `${name}，加进名单，签到了。`, found: [], name: '' })
    await this.look()
  },
  async moreLines() {
    await this.act(async () => {
      const answer = await moreOfDoor(this.data.shift!.id, this.data.next)
      lines = [...lines, ...answer.lines.items.map(lineView)]
      this.setData({ lines: withKept(lines, kept(this.data.shift!.id)), next: answer.lines.next ?? '' })
    })
  },
  chain() {
    go(`/packages/leader/chain/chain?id=${this.data.shift!.id}`)
  },
})

function viewOf(answer: LiveRosterResponse, today: string, shiftId: string) {
  lines = answer.lines.items.map(lineView)
  const { headCount } = answer
  return {
    there: answer.there,
    gone: answer.gone,
    expected: answer.expected,
    heads: headCount.people === null ? '' : headCount.matches ? `现场数了 ${headCount.people} 人，对得上` : `现场数了 ${headCount.people} 人，名单上 ${headCount.listed} 人，请核对`,
    lines: withKept(lines, kept(shiftId)),
    next: answer.lines.next ?? '',
    conflicts: answer.conflicts.map((c) => ({ id: c.id, text: `${c.name ?? '有一位'}，${moment(c.at, today)}：${c.message}` })),
    kept: kept(shiftId).length,
  }
}

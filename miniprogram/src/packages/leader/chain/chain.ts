import type { ChainLine } from '../../../api/schema'
import { page } from '../../../components/page'
import { addToRoster, copyChain, readChain } from '../../../services/door'
import { choose } from '../../../components/ask'

interface Line {
  number: number
  name: string
  memberId: string
  choices: readonly { memberId: string; name: string }[]
  note: string
  tone: string
}

const lineOf = (l: ChainLine): Line => ({
  number: l.number,
  name: l.name,
  memberId: l.members.length === 1 && !l.signupId ? l.members[0]!.memberId : '',
  choices: l.members,
  ...(l.signupId ? { note: '已经报名', tone: 'done' } : l.members.length === 0 ? { note: '没找到', tone: 'error' } : l.members.length > 1 ? { note: '同名，点一下选', tone: 'held' } : { note: '可以加', tone: 'done' }),
})

/** 接龙 in and out: the group's text becomes sign-ups line by line, the roster becomes the group's text. */
page({
  data: { text: '', lines: [] as Line[], ignored: 0, ready: 0, said: '' },
  load: async () => ({}),
  type(event: WechatMiniprogram.Input) {
    this.setData({ text: event.detail.value, refusal: '' })
  },
  async read() {
    const text = this.data.text.trim()
    if (!text) {
      this.setData({ refusal: '请先把群里的接龙粘贴进来。' })
      return
    }
    await this.act(async () => {
      const { lines, ignored } = await readChain(this.query['id']!, text)
      this.show(lines.map(lineOf))
      this.setData({ ignored: ignored.length, said: lines.length === 0 ? '没有看到带编号的名字，请整段复制接龙。' : '' })
    })
  },
  async pick(event: WechatMiniprogram.BaseEvent<object, { number: number }>) {
    const line = this.data.lines.find((l) => l.number === event.currentTarget.dataset.number)!
    if (line.choices.length < 2) return
    const index = await choose(line.choices.map((c, i) => `${c.name}（第 ${i + 1} 位）`))
    if (index !== undefined) this.show(this.data.lines.map((l) => (l === line ? { ...l, memberId: line.choices[index]!.memberId, note: '可以加', tone: 'done' } : l)))
  },
  show(lines: Line[]) {
    this.setData({ lines, ready: lines.filter((l) => l.memberId && l.note !== '已加上').length })
  },
  async add() {
    const adding = this.data.lines.filter((l) => l.memberId && l.note === '可以加')
    await this.act(async () => {
      const outcomes = await addToRoster(this.query['id']!, adding.map((l) => l.memberId))
      const said = new Map(outcomes.map((o) => [o.memberId, o.message]))
      this.show(this.data.lines.map((l) => (!said.has(l.memberId) ? l : said.get(l.memberId) ? { ...l, memberId: '', note: said.get(l.memberId)!, tone: 'error' } : { ...l, memberId: '', note: '已加上', tone: 'done' })))
      this.setData({ said: `加上了 ${outcomes.filter((o) => !o.message).length} 人。` })
    })
  },
  async copy() {
    await this.act(async () => wx.setClipboardData({ data: await copyChain(this.query['id']!) }))
  },
})

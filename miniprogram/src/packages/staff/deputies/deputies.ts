import type { ListDeputiesItem, ListDeputiesResponse, Role } from '../../../api/schema'
import { confirm } from '../../../components/ask'
import { page } from '../../../components/page'
import { addDays, longDay, type Day } from '../../../domain/dates'
import { filled, textOf, type Field, type Filled } from '../../../domain/fields'
import { roleNames } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { endDeputy, listDeputies, nameDeputy } from '../../../services/members'

/** Which field a refusal is about. */
const AT = { '$.memberId': 'member', 'member.unknown': 'member', 'deputy.dates_bad': 'to', 'role.not_held': 'role', 'role.own': 'member' }

const view = (d: ListDeputiesItem, today: Day) => ({
  id: d.id, name: d.name, title: `${d.name}代${d.forName}做${roleNames[d.role]}`, when: `${longDay(d.from, today)}到${longDay(d.to, today)}`, isNow: d.from <= today,
})

const form = ({ roles, colleagues }: ListDeputiesResponse, today: Day): Field[] => [
  { key: 'role', label: '代您做什么', type: 'choice', value: roles[0] ?? '', options: roles.map((value) => ({ value, text: roleNames[value] })) },
  { key: 'member', label: '请谁代理', type: 'choice', value: '', placeholder: '请选一位同事', options: colleagues.map((c) => ({ value: c.memberId, text: c.name })) },
  { key: 'from', label: '从哪一天起', type: 'date', value: today },
  { key: 'to', label: '到哪一天（含这一天）', type: 'date', value: addDays(today, 6), hint: '最长 60 天，到期自动结束。' },
  { key: 'reason', label: '原因', type: 'text', value: '', placeholder: '比如：休假', max: 200 },
]

/** 请人代理: somebody stands in for one's own role from a day to a day; ended early by either of the two, or by staff. */
page({
  data: { items: [] as ReturnType<typeof view>[], fields: [] as Field[], mayName: false, adding: false, said: '' },
  async load() {
    const [{ today }, found] = await Promise.all([getCommunity(), listDeputies()])
    return { items: found.items.map((d) => view(d, today)), fields: form(found, today), mayName: found.roles.length > 0 && found.colleagues.length > 0, adding: false }
  },
  add() {
    this.setData({ adding: true, said: '' })
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  async save() {
    const { fields } = this.data
    const member = fields.find((f) => f.key === 'member')!
    if (!member.value) {
      this.setData({ fields: fields.map((f) => (f.key === 'member' ? { ...f, error: '请选一位同事。' } : f)), refusal: `${member.label}：请选一位同事。` })
      return
    }
    const deputy = { memberId: member.value, role: textOf(fields, 'role') as Role, from: textOf(fields, 'from'), to: textOf(fields, 'to'), reason: textOf(fields, 'reason') }
    const name = member.options!.find((o) => o.value === member.value)!.text
    if (!(await this.sendForm(() => nameDeputy(deputy), AT))) return
    await this.reload()
    this.setData({ said: `定好了，${name}收到了消息。` })
  },
  async end(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const one = this.data.items.find((d) => d.id === event.currentTarget.dataset.id)!
    if (!(await confirm('现在结束代理？', `${one.title}，马上结束。`, '结束'))) return
    if (await this.act(() => endDeputy(one.id))) {
      await this.reload()
      this.setData({ said: '结束了。' })
    }
  },
})

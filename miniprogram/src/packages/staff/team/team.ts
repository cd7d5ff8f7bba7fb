import type { TeamDeskDetail, TeamDeskItem } from '../../../api/schema'
import { confirm } from '../../../components/ask'
import { page } from '../../../components/page'
import { filled, textOf, textOrNull, type Field, type Filled } from '../../../domain/fields'
import { CHOICES, getTeam, listStations, saveTeam } from '../../../services/house'

/** Which field a refusal is about. */
const AT = { 'team.name_taken': 'name', 'station.unknown': 'stationId' }

const form = (t: Omit<TeamDeskItem, 'id' | 'isArchived'>, stations: { id: string; name: string }[]): Field[] => [
  { key: 'name', label: '叫什么', type: 'text', value: t.name, placeholder: '比如：助残扶老队', max: 40 },
  { key: 'purpose', label: '做什么', type: 'area', value: t.purpose, placeholder: '一两句话，居民看得懂。', max: 200 },
  { key: 'stationId', label: '属于哪个服务站（没有就不选）', type: 'choice', value: t.stationId ?? '', placeholder: '没有选', options: [{ value: '', text: '不属于服务站' }, ...stations.map((s) => ({ value: s.id, text: s.name }))] },
]

/** A team: what it does, where it is at home, and who leads it. Leaders see its shifts and its door. */
page({
  // What is half filled in stays when the phone wakes up.
  isOnce: true,
  data: { id: '', base: null as TeamDeskDetail | null, fields: [] as Field[], leaders: [] as { memberId: string; name: string }[], said: '' },
  async load(query) {
    const [stations, team] = await Promise.all([listStations(false, undefined, CHOICES), query['id'] ? getTeam(query['id']) : null])
    return { id: team?.id ?? '', base: team, fields: form(team ?? { name: '', purpose: '', stationId: null }, stations.items), leaders: team?.leaders ?? [] }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '', said: '' })
  },
  pick(event: WechatMiniprogram.CustomEvent<{ memberId: string; name: string }>) {
    const others = this.data.leaders.filter((l) => l.memberId !== event.detail.memberId)
    this.setData({ leaders: [...others, event.detail], refusal: '', said: '' })
  },
  drop(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    this.setData({ leaders: this.data.leaders.filter((l) => l.memberId !== event.currentTarget.dataset.id), said: '' })
  },
  async save() {
    const { fields, leaders, base } = this.data
    const team = { name: textOf(fields, 'name'), purpose: textOf(fields, 'purpose'), stationId: textOrNull(fields, 'stationId'), leaderIds: leaders.map((l) => l.memberId), isArchived: base?.isArchived ?? false, version: base?.version ?? 0 }
    let saved = ''
    const isDone = await this.sendForm(async () => {
      saved = (await saveTeam(this.query['id'], team)).id
    }, AT)
    if (!isDone) return
    if (!this.query['id']) return void wx.redirectTo({ url: `/packages/staff/team/team?id=${saved}` })
    await this.reload()
    this.setData({ said: '保存了。' })
  },
  async retire() {
    const { base } = this.data
    if (!base || (!base.isArchived && !(await confirm('停用这支队伍？', `居民不再看到${base.name}，负责人不再因为它有负责人身份。以后可以恢复。`, '停用')))) return
    const team = { name: base.name, purpose: base.purpose, stationId: base.stationId, leaderIds: base.leaders.map((l) => l.memberId), isArchived: !base.isArchived, version: base.version }
    if (await this.sendForm(() => saveTeam(base.id, team), AT)) await this.reload()
  },
})

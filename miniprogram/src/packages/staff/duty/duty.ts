import type { PostDeskDetail, PostKind } from '../../../api/schema'
import { page } from '../../../components/page'
import { filled, textOf, textOrNull, type Field, type Filled } from '../../../domain/fields'
import { postKinds } from '../../../domain/words'
import { CHOICES, getPost, listTeams, savePost } from '../../../services/house'

/** Which field a refusal is about. */
const AT = { 'post.name_taken': 'name', 'team.unknown': 'teamId' }

const form = (p: PostDeskDetail['post'] | undefined, teams: { id: string; name: string }[]): Field[] => [
  { key: 'kind', label: '哪一类', type: 'choice', value: p?.kind ?? 'ordinary', options: Object.entries(postKinds).map(([value, text]) => ({ value, text })), hint: '示范服务岗每次都要填服务成效。' },
  { key: 'name', label: '叫什么', type: 'text', value: p?.name ?? '', placeholder: '比如：卫生院导诊岗', max: 40 },
  { key: 'duties', label: '做什么', type: 'area', value: p?.duties ?? '', placeholder: '一两句话，居民看得懂。', max: 500 },
  { key: 'teamId', label: '哪支服务队来做（没有就不选）', type: 'choice', value: p?.teamId ?? '', placeholder: '没有选', options: [{ value: '', text: '不属于服务队' }, ...teams.map((t) => ({ value: t.id, text: t.name }))] },
]

/** A post's form: what, by which team, for which building, led by whom. */
page({
  // What is half filled in stays when the phone wakes up.
  isOnce: true,
  data: { found: null as PostDeskDetail | null, fields: [] as Field[], buildingId: '', building: '', leaderId: '', leader: '' },
  async load(query) {
    const [teams, found] = await Promise.all([listTeams(false, undefined, CHOICES), query['id'] ? getPost(query['id']) : null])
    return { found, fields: form(found?.post, teams.items), buildingId: found?.post.buildingId ?? '', building: found?.building ?? '', leaderId: found?.leader?.memberId ?? '', leader: found?.leader?.name ?? '' }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  where(event: WechatMiniprogram.CustomEvent<{ id: string; name: string }>) {
    this.setData({ buildingId: event.detail.id, building: event.detail.name, refusal: '' })
  },
  pick(event: WechatMiniprogram.CustomEvent<{ memberId: string; name: string }>) {
    this.setData({ leaderId: event.detail.memberId, leader: event.detail.name, refusal: '' })
  },
  async save() {
    const { fields, buildingId, leaderId, found } = this.data
    const post = {
      kind: textOf(fields, 'kind') as PostKind, name: textOf(fields, 'name'), duties: textOf(fields, 'duties'), teamId: textOrNull(fields, 'teamId'), buildingId: buildingId || null, leaderId: leaderId || null,
      isArchived: found?.post.isArchived ?? false, version: found?.post.version ?? 0,
    }
    let saved = ''
    const isDone = await this.sendForm(async () => {
      saved = (await savePost(this.query['id'], post)).id
    }, AT)
    if (isDone) void (this.query['id'] ? wx.navigateBack({}) : wx.redirectTo({ url: `/packages/staff/post/post?id=${saved}` }))
  },
})

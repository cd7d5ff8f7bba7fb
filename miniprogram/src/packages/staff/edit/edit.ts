import type { ActivityForm, ImpactCategory } from '../../../api/schema'
import { page } from '../../../components/page'
import { filled, isOn, numberOf, ON, textOf, textOrNull, type Field, type Filled } from '../../../domain/fields'
import { categories } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { CHOICES, getPost, listTeams } from '../../../services/house'
import { changePlan, createPlan, getPlan } from '../../../services/planning'
import { EMPTY } from '../plan'

/** Which field a refusal is about. */
const AT = { '$.budgetCoins': 'budget' }

/** The organiser is another unit, as it was entered; not to be chosen here, but kept. */
const OTHER = 'other'

const organisers = (f: ActivityForm, teams: readonly { id: string; name: string }[]) => [
  { value: '', text: '社区' }, ...teams.map((t) => ({ value: t.id, text: t.name })), ...(f.organiserKind === 'community' || f.organiserKind === 'team' ? [] : [{ value: OTHER, text: f.organiserName ?? '原来的单位' }]),
]

const form = (f: ActivityForm, teams: readonly { id: string; name: string }[]): Field[] => [
  { key: 'title', label: '叫什么', type: 'text', value: f.title, placeholder: '比如：楼栋关怀日', max: 40 },
  { key: 'description', label: '做什么', type: 'area', value: f.description, placeholder: '一两句话，居民看得懂。', max: 1000 },
  { key: 'category', label: '帮哪方面', type: 'choice', value: f.category, options: Object.entries(categories).map(([value, text]) => ({ value, text })) },
  { key: 'organiser', label: '谁来组织', type: 'choice', value: f.organiserKind === 'community' ? '' : f.organiserKind === 'team' ? (f.organiserId ?? '') : OTHER, options: organisers(f, teams), hint: '选了服务队，队里的负责人都能看到它的时段。' },
  { key: 'hostedBy', label: '主办单位', type: 'text', value: f.hostedBy ?? '', max: 60 },
  { key: 'guidedBy', label: '指导单位（没有就不填）', type: 'text', value: f.guidedBy ?? '', max: 60 },
  { key: 'runBy', label: '承办单位（没有就不填）', type: 'text', value: f.runBy ?? '', max: 60 },
  { key: 'contactName', label: '联系人', type: 'text', value: f.contactName ?? '', max: 20 },
  { key: 'contactPhone', label: '联系电话', type: 'text', value: f.contactPhone ?? '', max: 20 },
  { key: 'risks', label: '风险和注意事项', type: 'area', value: f.risks ?? '', max: 500 },
  { key: 'insurance', label: '保险', type: 'text', value: f.insurance ?? '', placeholder: '比如：社区统一投保', max: 100 },
  { key: 'hoursOnly', label: '只记时长，不发凤凰币', type: 'switch', value: f.isHoursOnly ? ON : '' },
  { key: 'budget', label: '凤凰币预算（枚）', type: 'number', value: f.budgetCoins === null ? '' : String(f.budgetCoins), hint: '最多发这么多；只记时长的不用填。', max: 6 },
  { key: 'approval', label: '报名要负责人同意', type: 'switch', value: f.needsApproval ? ON : '' },
]

/** An activity's form, new or changed; with ?post the standing one of a post. What the law wants said is asked for before it is published. */
page({
  // What is half filled in stays when the phone wakes up.
  isOnce: true,
  data: { base: EMPTY, version: 0, fields: form(EMPTY, []) },
  async load(query) {
    const teams = (await listTeams(false, undefined, CHOICES)).items
    if (!query['id']) {
      const { name, phone } = await getCommunity()
      const post = query['post'] ? (await getPost(query['post'])).post : undefined
      const standing: Partial<ActivityForm> = post ? { kind: 'standing', postId: post.id, title: post.name, description: post.duties, ...(post.teamId && { organiserKind: 'team', organiserId: post.teamId }) } : {}
      const fresh = { ...EMPTY, hostedBy: `${name}居委会`, contactPhone: phone, ...standing }
      return { base: fresh, fields: form(fresh, teams) }
    }
    const plan = await getPlan(query['id'])
    return { base: plan.form, version: plan.version, fields: form(plan.form, teams) }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  async save() {
    const { fields, base, version } = this.data
    const [budget, hoursOnly] = [numberOf(fields, 'budget'), isOn(fields, 'hoursOnly')]
    if (!textOf(fields, 'title') || !textOf(fields, 'description') || Number.isNaN(budget)) {
      this.setData({ refusal: Number.isNaN(budget) ? '预算请填整数。' : '请写明叫什么、做什么。' })
      return
    }
    const organiser = textOf(fields, 'organiser')
    const plan: ActivityForm = {
      ...base, ...(organiser !== OTHER && { organiserKind: organiser ? 'team' : 'community', organiserId: organiser || null, organiserName: null }), title: textOf(fields, 'title'), description: textOf(fields, 'description'), category: textOf(fields, 'category') as ImpactCategory, hostedBy: textOrNull(fields, 'hostedBy'), guidedBy: textOrNull(fields, 'guidedBy'),
      runBy: textOrNull(fields, 'runBy'), contactName: textOrNull(fields, 'contactName'), contactPhone: textOrNull(fields, 'contactPhone'), risks: textOrNull(fields, 'risks'), insurance: textOrNull(fields, 'insurance'), isHoursOnly: hoursOnly,
      budgetCoins: hoursOnly ? null : budget, needsApproval: isOn(fields, 'approval'),
    }
    await this.sendForm(async () => {
      const { id } = this.query['id'] ? await changePlan(this.query['id'], plan, version) : await createPlan(plan)
      if (this.query['id']) await wx.navigateBack({})
      else await wx.redirectTo({ url: `/packages/staff/activity/activity?id=${id}` })
    }, AT)
  },
})

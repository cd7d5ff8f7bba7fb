import { confirm } from '../../../components/ask'
import { page } from '../../../components/page'
import { addDays, dayOf, nearDay } from '../../../domain/dates'
import { filled, numberOf, textOf, type Field, type Filled } from '../../../domain/fields'
import { getCommunity } from '../../../services/community'
import { copyPlan, getPlan, repeatPlan } from '../../../services/planning'

const WEEK = 7
const EVERY = [{ value: '1', text: '每周' }, { value: '2', text: '隔一周' }, { value: '3', text: '每三周' }, { value: '4', text: '每四周' }]

const once = (day: string): Field[] => [{ key: 'day', label: '复制到哪一天', type: 'date', value: day, hint: '钟点、地点、负责人都一样，先是草稿。' }]
const series = (): Field[] => [
  { key: 'weeks', label: '隔多久一次', type: 'choice', value: '1', options: EVERY },
  { key: 'times', label: '再办几次', type: 'number', value: '4', max: 2, hint: '最多 26 次，都是草稿，要逐个发布。' },
]

/** An activity again: once on another day, or week after week; each a draft to be looked at and published. */
page({
  isOnce: true,
  data: { title: '', isSeries: false, mayRepeat: true, first: '', fields: [] as Field[], made: 0 },
  async load(query) {
    const [{ today }, plan] = await Promise.all([getCommunity(), getPlan(query['id']!)])
    const start = plan.shifts.find((s) => s.state === 'open')?.form.startsAt
    const day = start && dayOf(start) > today ? dayOf(start) : today
    return { title: plan.form.title, mayRepeat: plan.seriesId === null && start !== undefined, first: start ? `${nearDay(dayOf(start), today)}的这一次` : '这一次', fields: once(addDays(day, WEEK)) }
  },
  async choose(event: WechatMiniprogram.BaseEvent<object, { series: boolean }>) {
    const { series: isSeries } = event.currentTarget.dataset
    if (isSeries === this.data.isSeries) return
    const { today } = await getCommunity()
    this.setData({ isSeries, fields: isSeries ? series() : once(addDays(today, WEEK)), refusal: '' })
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  async copy() {
    let id = ''
    const isDone = await this.sendForm(async () => {
      id = (await copyPlan(this.query['id']!, textOf(this.data.fields, 'day'))).id
    })
    if (isDone) void wx.redirectTo({ url: `/packages/staff/activity/activity?id=${id}` })
  },
  async repeat() {
    const { fields, title } = this.data
    const [times, weeks] = [numberOf(fields, 'times'), Number(textOf(fields, 'weeks'))]
    if (!times) {
      this.setData({ refusal: '请填再办几次。' })
      return
    }
    const often = EVERY.find((e) => e.value === String(weeks))!.text
    if (!(await confirm('按周重复？', `${title}${often}一次，再建 ${times} 个草稿。一个活动只能重复一次。`, '建草稿'))) return
    await this.sendForm(async () => this.setData({ made: (await repeatPlan(this.query['id']!, times, weeks)).activityIds.length }))
  },
  list: () => void wx.redirectTo({ url: '/packages/staff/activities/activities' }),
})

import { page } from '../../../components/page'
import { filled, numberOf, textOrNull, type Field, type Filled } from '../../../domain/fields'
import { enterFigures } from '../../../services/door'

const FORM: Field[] = [
  { key: 'people', label: '服务了多少人', type: 'number', value: '', placeholder: '比如 15', max: 6 },
  { key: 'problems', label: '解决了几件事', type: 'number', value: '', placeholder: '比如 3', max: 6 },
  { key: 'lines', label: '做了什么', type: 'area', value: '', placeholder: '一两句话，不写居民的名字。', max: 500 },
]

/** 服务成效: what the shift did, for the summary. */
page({
  data: { fields: FORM, done: false },
  load: async () => ({}),
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), done: false })
  },
  async save() {
    const { fields } = this.data
    const [people, problems] = [numberOf(fields, 'people'), numberOf(fields, 'problems')]
    if (Number.isNaN(people) || Number.isNaN(problems)) {
      this.setData({ refusal: '人数和件数请填整数。' })
      return
    }
    const done = await this.act(() => enterFigures(this.query['id']!, people, problems, textOrNull(fields, 'lines')))
    this.setData({ done })
  },
})

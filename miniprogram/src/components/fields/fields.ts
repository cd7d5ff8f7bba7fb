import { ON, type Field } from '../../domain/fields'

type Of = { key: string }

/** A form: a label over each line, big enough to hit. Tells its page what was filled in; the page keeps it. */
Component({
  properties: { fields: { type: Array, value: [] as Field[] } },
  data: { shown: [] as (Field & { index: number; text: string })[] },
  observers: {
    fields(fields: Field[]) {
      this.setData({
        shown: fields.map((f) => {
          const index = f.options?.findIndex((o) => o.value === f.value) ?? -1
          return { ...f, index: Math.max(index, 0), text: f.type === 'choice' ? (f.options?.[index]?.text ?? '') : f.value }
        }),
      })
    },
  },
  methods: {
    type(event: WechatMiniprogram.CustomEvent<{ value: string }, Of>) {
      this.triggerEvent('fill', { key: event.currentTarget.dataset.key, value: event.detail.value })
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: number | string }, Of>) {
      const field = (this.properties.fields as Field[]).find((f) => f.key === event.currentTarget.dataset.key)!
      this.triggerEvent('fill', { key: field.key, value: field.options![Number(event.detail.value)]!.value })
    },
    flip(event: WechatMiniprogram.BaseEvent<object, Of>) {
      const field = (this.properties.fields as Field[]).find((f) => f.key === event.currentTarget.dataset.key)!
      this.triggerEvent('fill', { key: field.key, value: field.value === ON ? '' : ON })
    },
  },
})

import { Problem } from '../../api/problem'
import { findByPhone, listMembers } from '../../services/members'

/** A full telephone number is looked for as one. */
const PHONE = /^1\d{10}$/

/** Finds a member by name or telephone number, for staff; tells its page whom. */
Component({
  properties: { label: String, chosen: String },
  data: { text: '', found: [] as { memberId: string; name: string; note: string }[], said: '' },
  methods: {
    type(event: WechatMiniprogram.Input) {
      this.setData({ text: event.detail.value, said: '' })
    },
    async find() {
      const text = this.data.text.trim()
      if (!text) return
      try {
        const found = PHONE.test(text)
          ? (await findByPhone(text)).map((m) => ({ memberId: m.memberId, name: m.name, note: m.building ?? '' }))
          : (await listMembers(text)).items.map((m) => ({ memberId: m.memberId, name: m.name, note: m.phone ?? '' }))
        this.setData({ found, said: found.length === 0 ? `没有找到“${text}”，请换个叫法或用手机号找。` : '' })
      } catch (error) {
        this.setData({ said: Problem.of(error).title })
      }
    },
    pick(event: WechatMiniprogram.BaseEvent<object, { id: string; name: string }>) {
      const { id, name } = event.currentTarget.dataset
      this.setData({ found: [], text: '' })
      this.triggerEvent('pick', { memberId: id, name })
    },
  },
})

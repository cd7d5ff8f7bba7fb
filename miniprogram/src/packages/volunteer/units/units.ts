import type { ListMyUnitsItem } from '../../../api/schema'
import { page } from '../../../components/page'
import { dayOf, longDay, type Day } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import { confirmUnit, joinUnit, leaveUnit, listUnits, makePrimary, shareWithUnit } from '../../../services/people'

const view = (u: ListMyUnitsItem, today: Day) => ({
  id: u.id,
  name: u.name,
  isAsked: u.joinedAt === null,
  until: u.proposalEndsAt ? `请在 ${longDay(dayOf(u.proposalEndsAt), today)}前答复` : '',
  shares: u.sharesHours,
  isPrimary: u.isPrimary,
})

/** 我的单位: invitations, who sees the hours (only hours, only with a yes), which unit stands on new records. */
page({
  data: { units: [] as ReturnType<typeof view>[], code: '', shares: false },
  async load(query) {
    const [{ today }, units] = await Promise.all([getCommunity(), listUnits()])
    return { units: units.map((u) => view(u, today)), ...(query['code'] && { code: query['code'] }) }
  },
  async confirm(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    if (await this.act(() => confirmUnit(event.currentTarget.dataset.id))) await this.reload()
  },
  async share(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const unit = this.data.units.find((u) => u.id === event.currentTarget.dataset.id)!
    if (await this.act(() => shareWithUnit(unit.id, !unit.shares))) await this.reload()
  },
  async primary(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    if (await this.act(() => makePrimary(event.currentTarget.dataset.id))) await this.reload()
  },
  async leave(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const unit = this.data.units.find((u) => u.id === event.currentTarget.dataset.id)!
    const { confirm } = await wx.showModal({ title: unit.isAsked ? `不加入${unit.name}？` : `退出${unit.name}？`, content: '您的时长和凤凰币不受影响。', confirmText: unit.isAsked ? '不加入' : '退出', cancelText: '再想想' })
    if (confirm && (await this.act(() => leaveUnit(unit.id)))) await this.reload()
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ code: event.detail.value, refusal: '' })
  },
  tick() {
    this.setData({ shares: !this.data.shares })
  },
  async join() {
    const code = this.data.code.replace(/\s/g, '')
    if (!code) {
      this.setData({ refusal: '请填单位给的加入码。' })
      return
    }
    if (!(await this.act(() => joinUnit(code, this.data.shares)))) return
    // The code that the page was opened with is used.
    delete this.query['code']
    this.setData({ code: '', shares: false })
    await this.reload()
  },
})

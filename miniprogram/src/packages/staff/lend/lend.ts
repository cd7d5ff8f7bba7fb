import { page } from '../../../components/page'
import { addDays } from '../../../domain/dates'
import { called, keepsItems, MAX_DAYS } from '../../../domain/equipment'
import { filled, textOf, type Field, type Filled } from '../../../domain/fields'
import { getCommunity } from '../../../services/community'
import { getItem, lendItem } from '../../../services/equipment'
import { getMe } from '../../../services/people'

/** For how many days it is lent where nobody says otherwise. */
const USUAL_DAYS = 7

/** Which field a refusal is about. */
const AT = { 'loan.day_wrong': 'due', '$.borrower.name': 'name', '$.borrower.phone': 'phone' }

const form = (today: string): Field[] => [
  { key: 'due', label: '哪天还', type: 'date', value: today && addDays(today, USUAL_DAYS), hint: `最多 ${MAX_DAYS} 天，可以续借。` },
]

/** Of somebody who isn't a member. */
const visitor: Field[] = [
  { key: 'name', label: '借用人姓名', type: 'text', value: '', max: 20 },
  { key: 'phone', label: '联系电话', type: 'text', value: '', max: 20, hint: '只给工作人员看，还了一年后删除。' },
]

/** 借出: to a member, to the holder of a card, or to somebody by name and phone; until when. */
page({
  isOnce: true,
  data: { title: '', fields: form(''), mayFind: false, memberId: '', member: '', cardCode: '', isVisitor: false },
  async load({ id = '' }) {
    const [{ today }, { roles }, item] = await Promise.all([getCommunity(), getMe(), getItem(id)])
    return { title: called(item), fields: form(today), mayFind: keepsItems(roles) }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '' })
  },
  pick(event: WechatMiniprogram.CustomEvent<{ memberId: string; name: string }>) {
    this.setData({ memberId: event.detail.memberId, member: event.detail.name, cardCode: '', refusal: '' })
  },
  async scan() {
    try {
      const { result } = await wx.scanCode({ onlyFromCamera: false })
      this.setData({ cardCode: result.trim(), memberId: '', member: '', refusal: '' })
    } catch {
      // The camera was closed again.
    }
  },
  turn() {
    const { isVisitor, fields } = this.data
    this.setData({ isVisitor: !isVisitor, fields: isVisitor ? fields.slice(0, 1) : [...fields, ...visitor], memberId: '', member: '', cardCode: '', refusal: '' })
  },
  async send() {
    const { fields, memberId, cardCode, isVisitor } = this.data
    const borrower = isVisitor ? { name: textOf(fields, 'name'), phone: textOf(fields, 'phone') } : null
    if (borrower ? !borrower.name || !borrower.phone : !memberId && !cardCode) {
      this.setData({ refusal: borrower ? '请填好借用人姓名和联系电话。' : '请先找到借用的居民，或扫老人卡；不是本社区居民，点下面登记姓名和电话。' })
      return
    }
    await this.sendForm(async () => {
      await lendItem(this.query['id']!, { dueOn: textOf(fields, 'due'), memberId: memberId || null, cardCode: cardCode || null, borrower })
      await wx.navigateBack({})
    }, AT)
  },
})

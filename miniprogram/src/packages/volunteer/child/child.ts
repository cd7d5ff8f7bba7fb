import { page } from '../../../components/page'
import { longDay } from '../../../domain/dates'
import { relations } from '../../../domain/words'
import { getCommunity, listDocuments } from '../../../services/community'
import { addChild } from '../../../services/people'

/** 添加孩子: name, birth, who the guardian is, one consent that is never ticked beforehand. */
page({
  isOnce: true,
  data: { today: '', name: '', birth: '', birthText: '', relations: relations.map((r) => r.text), relation: -1, notice: '', agreed: false },
  async load() {
    const [{ today }, documents] = await Promise.all([getCommunity(), listDocuments()])
    return { today, notice: documents.find((d) => d.kind === 'privacyNotice')?.id ?? '' }
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ name: event.detail.value, refusal: '' })
  },
  chooseBirth(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ birth: event.detail.value, birthText: longDay(event.detail.value, ''), refusal: '' })
  },
  chooseRelation(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ relation: Number(event.detail.value), refusal: '' })
  },
  agree() {
    this.setData({ agreed: !this.data.agreed, refusal: '' })
  },
  async add() {
    const { name, birth, relation, agreed } = this.data
    const missing = !name.trim() ? '请填写孩子的称呼。' : !birth ? '请选择出生日期。' : relation < 0 ? '请选择您是孩子的谁。' : !agreed ? '请先看一看，再勾选同意。' : ''
    if (missing) {
      this.setData({ refusal: missing })
      return
    }
    await this.act(async () => {
      await addChild({ name: name.trim(), birthDate: birth, relation: relations[relation]!.value })
      void wx.navigateBack({})
    })
  },
})

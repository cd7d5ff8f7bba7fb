import type { Gender, IdDocument } from '../../../api/schema'
import { page } from '../../../components/page'
import { longDay } from '../../../domain/dates'
import { getDetails, writeDetails } from '../../../services/records'

const KINDS: { kind: IdDocument; name: string }[] = [
  { kind: 'residentIdCard', name: '居民身份证' },
  { kind: 'householdRegister', name: '户口簿' },
  { kind: 'hongKongMacaoPermit', name: '港澳居民来往内地通行证' },
  { kind: 'taiwanPermit', name: '台湾居民来往大陆通行证' },
  { kind: 'passport', name: '护照' },
  { kind: 'foreignersPermit', name: '外国人永久居留身份证' },
]
const GENDERS: { gender: Gender; name: string }[] = [{ gender: 'female', name: '女' }, { gender: 'male', name: '男' }]
/** Documents whose number says the birth and the gender. */
const SAYS_BIRTH = 2

/** 志愿者信息: what a certificate needs (name, number of a document), one's own or a child's (?child); asked for once, shown masked. */
page({
  isOnce: true,
  data: {
    kinds: KINDS.map((k) => k.name), kind: 0, needsBirth: false, genders: GENDERS.map((g) => g.name), gender: -1, birth: '', birthText: '',
    realName: '', idNumber: '', noted: '', isChild: false,
  },
  async load(query) {
    const noted = query['child'] ? undefined : await getDetails().catch(() => undefined)
    return { isChild: Boolean(query['child']), noted: noted ? `已经登记：${noted.realName}，${noted.idNumber}。要改就重新填。` : '' }
  },
  typeName(event: WechatMiniprogram.Input) {
    this.setData({ realName: event.detail.value })
  },
  typeNumber(event: WechatMiniprogram.Input) {
    this.setData({ idNumber: event.detail.value })
  },
  chooseKind(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    const kind = Number(event.detail.value)
    this.setData({ kind, needsBirth: kind >= SAYS_BIRTH, refusal: '' })
  },
  chooseGender(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ gender: Number(event.detail.value) })
  },
  chooseBirth(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ birth: event.detail.value, birthText: longDay(event.detail.value, '') })
  },
  async save() {
    const { realName, idNumber, kind, needsBirth, birth, gender } = this.data
    if (!realName.trim() || !idNumber.trim()) {
      this.setData({ refusal: '请填写姓名和证件号，要和证件上一样。' })
      return
    }
    await this.act(async () => {
      await writeDetails(
        { realName: realName.trim(), idKind: KINDS[kind]!.kind, idNumber: idNumber.trim(), birthDate: needsBirth ? birth || null : null, gender: needsBirth ? (GENDERS[gender]?.gender ?? null) : null, area: null, skills: null },
        this.query['child'],
      )
      void wx.navigateBack({})
    })
  },
})

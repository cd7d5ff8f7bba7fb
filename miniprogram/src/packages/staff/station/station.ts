import type { StationDeskItem, StationKind } from '../../../api/schema'
import { confirm } from '../../../components/ask'
import { page } from '../../../components/page'
import { filled, textOf, textOrNull, type Field, type Filled } from '../../../domain/fields'
import { stationKinds } from '../../../domain/words'
import { getStation, saveStation } from '../../../services/house'

/** Which field a refusal is about. */
const AT = { 'station.name_taken': 'name' }

const form = (s: StationDeskItem | undefined): Field[] => [
  { key: 'kind', label: '哪一类', type: 'choice', value: s?.kind ?? 'volunteering', options: Object.entries(stationKinds).map(([value, text]) => ({ value, text })) },
  { key: 'name', label: '叫什么', type: 'text', value: s?.name ?? '', placeholder: '比如：凤凰里志愿服务站', max: 40 },
  { key: 'address', label: '地址', type: 'text', value: s?.address ?? '', placeholder: '比如：党群服务中心一楼', max: 100 },
  { key: 'openingHours', label: '开放时间（没有就不填）', type: 'text', value: s?.openingHours ?? '', placeholder: '比如：工作日 9:00–17:00', max: 100 },
  { key: 'phone', label: '电话（没有就不填）', type: 'text', value: s?.phone ?? '', max: 20 },
]

/** A station: where it is and when it is open. */
page({
  // What is half filled in stays when the phone wakes up.
  isOnce: true,
  data: { base: null as StationDeskItem | null, fields: form(undefined), placeId: '', place: '', said: '' },
  async load(query) {
    const found = query['id'] ? await getStation(query['id']) : undefined
    return { base: found?.station ?? null, fields: form(found?.station), placeId: found?.station.placeId ?? '', place: found?.place ?? '' }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: filled(this.data.fields, event.detail), refusal: '', said: '' })
  },
  pick(event: WechatMiniprogram.CustomEvent<{ id: string; name: string }>) {
    this.setData({ placeId: event.detail.id, place: event.detail.name, refusal: '', said: '' })
  },
  async save() {
    const { fields, placeId, base } = this.data
    const station = {
      kind: textOf(fields, 'kind') as StationKind, name: textOf(fields, 'name'), placeId: placeId || null, address: textOf(fields, 'address'), openingHours: textOrNull(fields, 'openingHours'), phone: textOrNull(fields, 'phone'),
      isArchived: base?.isArchived ?? false, version: base?.version ?? 0,
    }
    let saved = ''
    const isDone = await this.sendForm(async () => {
      saved = (await saveStation(this.query['id'], station)).id
    }, AT)
    if (!isDone) return
    if (!this.query['id']) return void wx.redirectTo({ url: `/packages/staff/station/station?id=${saved}` })
    await this.reload()
    this.setData({ said: '保存了。' })
  },
  async retire() {
    const { base } = this.data
    if (!base || (!base.isArchived && !(await confirm('停用这个站点？', `居民不再看到${base.name}。以后可以恢复。`, '停用')))) return
    const { id, ...form } = base
    if (await this.sendForm(() => saveStation(id, { ...form, isArchived: !base.isArchived }), AT)) await this.reload()
  },
})

import type { EquipmentKind, EquipmentView, StationDeskItem } from '../../../api/schema'
import { page } from '../../../components/page'
import { equipmentKinds } from '../../../domain/equipment'
import { filled, textOf, textOrNull, type Field, type Filled } from '../../../domain/fields'
import { getItem, saveItem } from '../../../services/equipment'
import { listStations } from '../../../services/house'

/** Stations that can be chosen from; another place is said in words. */
const MOST_STATIONS = 100

/** Which field a refusal is about. */
const AT = { 'station.unknown': 'station' }

const elsewhere = (value: string): Field => ({ key: 'place', label: '具体放在哪里', type: 'text', value, placeholder: '比如：服务中心一楼', max: 40 })

/** The place is asked in words only where it is no station's. */
function withPlace(fields: Field[]): Field[] {
  const rest = fields.filter((f) => f.key !== 'place')
  const at = rest.findIndex((f) => f.key === 'station') + 1
  return textOf(rest, 'station') ? rest : [...rest.slice(0, at), fields.find((f) => f.key === 'place') ?? elsewhere(''), ...rest.slice(at)]
}

const form = (i: EquipmentView | undefined, stations: readonly StationDeskItem[]): Field[] => [
  { key: 'name', label: '叫什么', type: 'text', value: i?.name ?? '', placeholder: '比如：轮椅', max: 20 },
  { key: 'kind', label: '哪一类', type: 'choice', value: i?.kind ?? 'mobility', options: Object.entries(equipmentKinds).map(([value, text]) => ({ value, text })) },
  { key: 'station', label: '放在哪个站点', type: 'choice', value: i ? i.stationId ?? '' : stations[0]?.id ?? '', options: [...stations.map((s) => ({ value: s.id, text: s.name })), { value: '', text: '别的地方' }] },
  ...((i ? i.stationId : stations[0]) ? [] : [elsewhere(i?.place ?? '')]),
  { key: 'note', label: '备注（居民看不到）', type: 'text', value: i?.note ?? '', placeholder: '比如：左轮要打气', max: 100 },
]

/** 登记器材: what it is and where it stands; its number comes when it is saved, to be stuck on it. */
page({
  // What is half filled in stays when the phone wakes up.
  isOnce: true,
  data: { fields: form(undefined, []), version: 0, isNew: true },
  async load({ id }) {
    const [stations, item] = await Promise.all([listStations(false, undefined, MOST_STATIONS), id ? getItem(id) : undefined])
    return { fields: form(item, stations.items), version: item?.version ?? 0, isNew: !item }
  },
  fill(event: WechatMiniprogram.CustomEvent<Filled>) {
    this.setData({ fields: withPlace(filled(this.data.fields, event.detail)), refusal: '' })
  },
  async save() {
    const { fields, version } = this.data
    const stationId = textOrNull(fields, 'station')
    if (!textOf(fields, 'name') || (!stationId && !textOf(fields, 'place'))) {
      this.setData({ refusal: '请写明叫什么、放在哪里。' })
      return
    }
    const { id } = this.query
    await this.sendForm(async () => {
      const saved = await saveItem(id, { name: textOf(fields, 'name'), kind: textOf(fields, 'kind') as EquipmentKind, stationId, place: stationId ? null : textOf(fields, 'place'), note: textOrNull(fields, 'note'), version })
      await (id ? wx.navigateBack({}) : wx.redirectTo({ url: `/packages/staff/item/item?id=${saved.id}&new=1` }))
    }, AT)
  },
})

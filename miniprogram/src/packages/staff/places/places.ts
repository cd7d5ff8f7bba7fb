import type { ListPlacesItem, PlaceKind } from '../../../api/schema'
import { askText, choose, confirm } from '../../../components/ask'
import { go, page } from '../../../components/page'
import { placeKinds } from '../../../domain/words'
import { addPlace, changePlace, listPlaces } from '../../../services/house'

const LEVELS: readonly PlaceKind[] = ['grid', 'estate', 'building']

/** One level of the place tree: the grids, or what is below ?parent. A tap goes down; 改 renames, retires and takes up again. */
page({
  data: { rows: [] as (ListPlacesItem & { isLast: boolean })[], next: '', all: false, level: 'grid' as PlaceKind, what: '', above: '', said: '' },
  async load(query) {
    const level = (query['level'] as PlaceKind | undefined) ?? 'grid'
    const found = await listPlaces(query['parent'], false)
    return { level, what: placeKinds[level], above: decodeURIComponent(query['name'] ?? ''), rows: found.items.map(row), next: found.next ?? '', all: false }
  },
  async show(all: boolean, cursor?: string) {
    const found = await listPlaces(this.query['parent'], all, cursor)
    const rows = found.items.map(row)
    this.setData({ all, rows: cursor ? [...this.data.rows, ...rows] : rows, next: found.next ?? '' })
  },
  async choose(event: WechatMiniprogram.BaseEvent<object, { all: boolean }>) {
    await this.act(() => this.show(event.currentTarget.dataset.all))
  },
  async onReachBottom() {
    if (this.data.next) await this.act(() => this.show(this.data.all, this.data.next))
  },
  down(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const place = this.data.rows.find((r) => r.id === event.currentTarget.dataset.id)!
    if (!place.isLast) go(`/packages/staff/places/places?parent=${place.id}&level=${LEVELS[LEVELS.indexOf(place.kind) + 1]}&name=${encodeURIComponent(place.name)}`)
  },
  async add() {
    const { what, level, all } = this.data
    const name = await askText(`新的${what}叫什么`, { grid: '比如：第一网格', estate: '比如：凤凰苑', building: '比如：3栋' }[level])
    if (name) await this.act(async () => {
      await addPlace(level, this.query['parent'] ?? null, name)
      await this.show(all)
    })
  },
  async more(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const { id, parentId, name, isArchived, version } = this.data.rows.find((r) => r.id === event.currentTarget.dataset.id)!
    const index = await choose(['改名', isArchived ? '恢复' : '停用'])
    if (index === undefined) return
    const called = index === 0 ? await askText(`${name}改叫什么`, name) : name
    if (!called || (index === 1 && !isArchived && !(await confirm(`停用${name}？`, '活动和站点不能再选它，以前的记录不变。以后可以恢复。', '停用')))) return
    await this.act(async () => {
      await changePlace(id, { parentId, name: called, isArchived: index === 1 ? !isArchived : isArchived, version })
      await this.show(this.data.all)
    })
  },
})

function row(place: ListPlacesItem) {
  return { ...place, isLast: place.kind === LEVELS.at(-1) }
}

import type { ListPlacesItem, PlaceKind } from '../../api/schema'
import { Problem } from '../../api/problem'
import { placeKinds } from '../../domain/words'
import { listPlaces } from '../../services/house'

type Step = Pick<ListPlacesItem, 'id' | 'name' | 'kind'>

/** Finds a place on the way down, 网格→小区→楼栋; tells its page which, or that it is none. Only a building where `only` says so, else any level will do. */
Component({
  properties: { label: String, chosen: String, only: String },
  data: { isOpen: false, path: [] as Step[], here: undefined as Step | undefined, rows: [] as (Step & { what: string })[], next: '', said: '' },
  methods: {
    async start() {
      await this.show([])
    },
    /** What is below the last step; a row tapped is one step more. */
    async show(path: Step[], cursor?: string) {
      try {
        const found = await listPlaces(path.at(-1)?.id, false, cursor)
        const rows = found.items.map(({ id, name, kind }) => ({ id, name, kind, what: placeKinds[kind] }))
        this.setData({ isOpen: true, path, here: path.at(-1), rows: cursor ? [...this.data.rows, ...rows] : rows, next: found.next ?? '', said: found.items.length === 0 && path.length === 0 ? '还没有登记网格、小区、楼栋。' : '' })
      } catch (error) {
        this.setData({ said: Problem.of(error).title })
      }
    },
    async into(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
      const row = this.data.rows.find((r) => r.id === event.currentTarget.dataset.id)!
      const last: PlaceKind = 'building'
      if (row.kind === last) this.pick(row)
      else await this.show([...this.data.path, row])
    },
    async back() {
      await this.show(this.data.path.slice(0, -1))
    },
    async more() {
      await this.show(this.data.path, this.data.next)
    },
    take() {
      this.pick(this.data.here!)
    },
    none() {
      this.setData({ isOpen: false })
      this.triggerEvent('pick', { id: '', name: '' })
    },
    pick(step: Step) {
      const estate = step.kind === 'building' ? this.data.path.find((p) => p.kind === 'estate') : undefined
      this.setData({ isOpen: false })
      this.triggerEvent('pick', { id: step.id, name: estate ? `${estate.name} ${step.name}` : step.name })
    },
  },
})

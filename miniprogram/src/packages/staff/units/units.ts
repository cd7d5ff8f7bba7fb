import type { UnitKind } from '../../../api/schema'
import { askText, choose } from '../../../components/ask'
import { page } from '../../../components/page'
import { closeUnit, enterUnit, listUnits, nameContact } from '../../../services/partners'

const KINDS: Record<UnitKind, string> = { firm: '企业', partyBranch: '党组织', socialOrganisation: '社会组织', communityTeam: '社区队伍', school: '学校', other: '其他' }

/** 单位: red partners and organisations, by name, never ranked; each has a contact who speaks for it. */
page({
  data: { units: [] as { id: string; name: string; kind: string; isOff: boolean }[], naming: '', namingName: '', said: '' },
  async load() {
    const { items } = await listUnits()
    return { units: items.map((u) => ({ id: u.id, name: u.name, kind: KINDS[u.kind], isOff: u.closedAt !== null })), naming: '' }
  },
  async add() {
    const name = await askText('单位叫什么', '全称')
    const kinds = Object.keys(KINDS) as UnitKind[]
    const index = name ? await choose(kinds.map((k) => KINDS[k])) : undefined
    if (index !== undefined && (await this.act(() => enterUnit(name!, kinds[index]!)))) await this.reload()
  },
  async more(event: WechatMiniprogram.BaseEvent<object, { id: string; name: string }>) {
    const { id, name } = event.currentTarget.dataset
    const index = await choose(['指定联系人', '停用'])
    if (index === 0) this.setData({ naming: id, namingName: name, said: '' })
    if (index !== 1) return
    const reason = await askText('停用的原因', '比如：合作结束了')
    if (reason && (await this.act(() => closeUnit(id, reason)))) await this.reload()
  },
  async pick(event: WechatMiniprogram.CustomEvent<{ memberId: string; name: string }>) {
    const { memberId, name } = event.detail
    if (await this.act(() => nameContact(this.data.naming, memberId, '单位指定'))) this.setData({ said: `${name}是${this.data.namingName}的联系人了。`, naming: '' })
  },
})

import { askText } from '../../../components/ask'
import { page } from '../../../components/page'
import { community, origin } from '../../../config'
import { invitationLink } from '../../../domain/codes'
import { moment } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import { listProposals, listUnitMembers, removeUnitMember, unitCode } from '../../../services/partners'
import { contactUnits } from '../units'

/** 人员: who joined with the unit's code, and who is still to answer. */
page({
  data: { unit: '', members: [] as { id: string; name: string; note: string }[], next: '', waiting: 0, code: '', link: '', until: '' },
  async load() {
    const [{ today }, { chosen }] = await Promise.all([getCommunity(), contactUnits()])
    if (!chosen) return { unit: '' }
    const [members, waiting] = await Promise.all([listUnitMembers(chosen.id), listProposals(chosen.id)])
    return { unit: chosen.id, members: members.items.map((m) => ({ id: m.id, name: m.name, note: `${moment(m.joinedAt, today)}加入${m.sharesHours ? '，愿意公开时长' : ''}` })), next: members.next ?? '', waiting: waiting.items.length }
  },
  async makeCode() {
    await this.act(async () => {
      const [{ today }, { code, expiresAt }] = await Promise.all([getCommunity(), unitCode(this.data.unit)])
      this.setData({ code, link: invitationLink(origin, 'unit', community, code), until: moment(expiresAt, today) })
    })
  },
  async remove(event: WechatMiniprogram.BaseEvent<object, { id: string; name: string }>) {
    const { id, name } = event.currentTarget.dataset
    const reason = await askText(`把${name}移出单位的原因`, '比如：调走了')
    if (reason && (await this.act(() => removeUnitMember(this.data.unit, id, reason)))) await this.reload()
  },
})

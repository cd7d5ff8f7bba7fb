import { page } from '../../../components/page'
import { longDay, moment } from '../../../domain/dates'
import { roleNames } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { listRoles } from '../../../services/members'

/** 身份: who holds what, and who stands in for whom. */
page({
  data: { holders: [] as { key: string; memberId: string; name: string; role: string; since: string }[], deputies: [] as { id: string; text: string }[] },
  async load() {
    const [{ today }, { holders, standIns }] = await Promise.all([getCommunity(), listRoles()])
    const names = new Map(holders.map((h) => [h.memberId, h.name]))
    return {
      holders: holders.map((h) => ({ key: `${h.memberId}${h.role}`, memberId: h.memberId, name: h.name, role: roleNames[h.role], since: `${moment(h.grantedAt, today)}起` })),
      deputies: standIns.map((s) => ({ id: s.id, text: `${names.get(s.memberId) ?? '一位同事'}代${names.get(s.forMemberId) ?? '同事'}做${roleNames[s.role]}，${longDay(s.from, today)}到${longDay(s.to, today)}` })),
    }
  },
})

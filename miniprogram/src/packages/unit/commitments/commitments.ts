import { page } from '../../../components/page'
import { longDay } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import { listPartnerships } from '../../../services/partners'
import { contactUnits } from '../units'

/** 共建: what the unit has promised, as it was signed. */
page({
  data: { name: '', items: [] as { id: string; text: string; since: string }[] },
  async load() {
    const [{ today }, { chosen }, { items }] = await Promise.all([getCommunity(), contactUnits(), listPartnerships()])
    return { name: chosen?.name ?? '', items: items.filter((p) => p.partner === chosen?.name).map((p) => ({ id: p.id, text: p.commitments, since: `${longDay(p.startsOn, today)}起${p.endsOn ? `，到${longDay(p.endsOn, today)}` : ''}` })) }
  },
})

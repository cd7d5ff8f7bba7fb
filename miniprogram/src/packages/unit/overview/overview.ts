import { choose } from '../../../components/ask'
import { page } from '../../../components/page'
import { hours } from '../../../domain/amounts'
import { categories } from '../../../domain/words'
import { getUnitHours } from '../../../services/partners'
import { chooseUnit, contactUnits } from '../units'

/** 概况: how many people of the unit are volunteers here, and what those gave this year who let it see their hours, by kind of help. */
page({
  data: { name: '', several: false, members: 0, sharing: 0, hours: '0', kinds: [] as { name: string; what: string }[], missing: false },
  async load() {
    const { units, chosen } = await contactUnits()
    if (!chosen) return { missing: true }
    const given = await getUnitHours(chosen.id)
    return {
      name: chosen.name, several: units.length > 1, members: chosen.members, sharing: chosen.sharing, hours: hours(given.minutes),
      kinds: given.kinds.map((k) => ({ name: categories[k.category], what: `${hours(k.minutes)} 小时，${k.people} 人` })),
    }
  },
  async other() {
    const { units } = await contactUnits()
    const index = await choose(units.map((u) => u.name))
    if (index === undefined) return
    chooseUnit(units[index]!.id)
    await this.reload()
  },
})

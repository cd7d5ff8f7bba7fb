import { choose } from '../../../components/ask'
import { page } from '../../../components/page'
import { chooseUnit, contactUnits } from '../units'

/** 概况: how many people of the unit are volunteers here, and how many let it see their hours. */
page({
  data: { name: '', several: false, members: 0, sharing: 0, missing: false },
  async load() {
    const { units, chosen } = await contactUnits()
    return { name: chosen?.name ?? '', several: units.length > 1, members: chosen?.members ?? 0, sharing: chosen?.sharing ?? 0, missing: !chosen }
  },
  async other() {
    const { units } = await contactUnits()
    const index = await choose(units.map((u) => u.name))
    if (index === undefined) return
    chooseUnit(units[index]!.id)
    await this.reload()
  },
})

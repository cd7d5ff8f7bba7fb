import { listContactUnits } from '../../services/partners'

const CHOSEN = 'unit'

/** The units that the person speaks for, and the one that is looked at. */
export async function contactUnits() {
  const units = await listContactUnits()
  return { units, chosen: units.find((u) => u.id === wx.getStorageSync(CHOSEN)) ?? units[0] }
}

/** Looks at another. */
export const chooseUnit = (id: string) => wx.setStorageSync(CHOSEN, id)

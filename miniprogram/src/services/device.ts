import { change } from '../api/client'
import type { DeviceSecret } from '../domain/codes'
import { getCommunity } from './community'

const SECRET = 'device-secret'
const CLOCK = 'clock-ahead'
const RENEW_BEFORE = 7 * 86_400_000

/** This device's secret; kept, so that 我的码 works without network. */
export async function deviceSecret(): Promise<DeviceSecret> {
  const kept = wx.getStorageSync(SECRET) as DeviceSecret | ''
  const isFresh = kept && Date.parse(kept.expiresAt) - Date.now() > RENEW_BEFORE
  if (isFresh) return kept
  try {
    const secret = await change('post', '/api/v1/device-secret', 'device-secret', {})
    wx.setStorageSync(SECRET, secret)
    return secret
  } catch (error) {
    if (kept && Date.parse(kept.expiresAt) > Date.now()) return kept
    throw error
  }
}

/** Asks the server for its time, where there is a network; phones' clocks go wrong. */
export async function setClock() {
  const asked = Date.now()
  const { now } = await getCommunity()
  wx.setStorageSync(CLOCK, Date.parse(now) - (asked + Date.now()) / 2)
}

/** The server's time, as well as this phone knows it (Unix milliseconds). */
export const serverTime = (): number => Date.now() + ((wx.getStorageSync(CLOCK) as number | '') || 0)

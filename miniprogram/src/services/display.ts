const KEY = 'large-text'

/** From this font size of WeChat on (its default is 16 or 17) the large mode is on unasked. */
const LARGE_FROM = 19

/** Large text as the person chose it; unasked, as the phone is set. */
export const isLarge = (): boolean => {
  const chosen = wx.getStorageSync(KEY) as boolean | ''
  return chosen === '' ? (wx.getAppBaseInfo().fontSizeSetting ?? 16) >= LARGE_FROM : chosen
}

/** Keeps the choice. */
export const setLarge = (large: boolean) => wx.setStorageSync(KEY, large)

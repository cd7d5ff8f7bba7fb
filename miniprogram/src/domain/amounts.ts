/** Minutes as hours: 150 → "2.5", 50 → "0.8", 60 → "1". */
export const hours = (minutes: number): string => String(Math.round(minutes / 6) / 10)

/** A change of coins with its sign: "+25", "−18" (U+2212). */
export const signed = (change: number): string => (change < 0 ? `−${-change}` : `+${change}`)

/** Fen as yuan with two decimals: 123450 → "1,234.50", −18 → "−0.18" (U+2212). By whole numbers. */
export function yuan(fen: number): string {
  const cents = Math.abs(fen)
  const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '−' : ''}${whole}.${String(cents % 100).padStart(2, '0')}`
}

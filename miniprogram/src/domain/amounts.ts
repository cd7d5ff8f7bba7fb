/** Minutes as hours: 150 → "2.5", 50 → "0.8", 60 → "1". */
export const hours = (minutes: number): string => String(Math.round(minutes / 6) / 10)

/** A change of coins with its sign: "+25", "−18" (U+2212). */
export const signed = (change: number): string => (change < 0 ? minus(change) : `+${change}`)

/** A whole number with a minus as it is printed: "18", "−18" (U+2212). */
export const minus = (amount: number): string => (amount < 0 ? `−${-amount}` : String(amount))

const FEN = 100

/** Fen as yuan with two decimals: 123450 → "1,234.50", −18 → "−0.18" (U+2212). By whole numbers. For the few pages that may say it (wording.test.ts). */
export function yuan(fen: number): string {
  const all = Math.abs(fen)
  const whole = String(Math.floor(all / FEN)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '−' : ''}${whole}.${String(all % FEN).padStart(2, '0')}`
}

/** Yuan as they are typed, in fen: "50" → 5000, "12.5" → 1250; NaN for what is none. */
export function fenIn(text: string): number {
  const [, whole, part = ''] = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? []
  return whole === undefined ? NaN : Number(whole) * FEN + Number(part.padEnd(2, '0'))
}

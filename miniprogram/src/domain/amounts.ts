/** Minutes as hours: 150 → "2.5", 50 → "0.8", 60 → "1". */
export const hours = (minutes: number): string => String(Math.round(minutes / 6) / 10)

/** A change of coins with its sign: "+25", "−18" (U+2212). */
export const signed = (change: number): string => (change < 0 ? `−${-change}` : `+${change}`)

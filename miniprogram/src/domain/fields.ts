/** One line of a form (components/fields). */
export interface Field {
  key: string
  label: string
  type: 'text' | 'number' | 'digit' | 'area' | 'date' | 'time' | 'choice' | 'switch'
  value: string
  /** What a choice offers. */
  options?: readonly { value: string; text: string }[]
  placeholder?: string
  hint?: string
  /** Longest text, in characters. */
  max?: number
}

/** What a form tells its page. */
export interface Filled {
  key: string
  value: string
}

/** A switch that is on. */
export const ON = '1'

/** The fields with one filled in. */
export const filled = <T extends Field>(fields: readonly T[], { key, value }: Filled): T[] => fields.map((f) => (f.key === key ? { ...f, value } : f))

/** What stands in a field, without the space around it. */
export const textOf = (fields: readonly Field[], key: string): string => fields.find((f) => f.key === key)?.value.trim() ?? ''

/** The same; null for nothing. */
export const textOrNull = (fields: readonly Field[], key: string): string | null => textOf(fields, key) || null

/** A whole number; null for nothing, NaN for what is none. */
export const numberOf = (fields: readonly Field[], key: string): number | null => {
  const text = textOf(fields, key)
  return text === '' ? null : /^\d+$/.test(text) ? Number(text) : NaN
}

/** Whether a switch is on. */
export const isOn = (fields: readonly Field[], key: string): boolean => textOf(fields, key) === ON

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
  /** Why the server refused what stands there; goes when it is filled in anew. */
  error?: string
}

/** What a form tells its page. */
export interface Filled {
  key: string
  value: string
}

/** A switch that is on. */
export const ON = '1'

/** The fields with one filled in. */
export const filled = <T extends Field>(fields: readonly T[], { key, value }: Filled): T[] => fields.map((f) => (f.key === key ? { ...f, value, error: '' } : f))

/** What a server refused of a form: by the JSON path of a field ("$.name"), or as a whole by its code. */
export interface Refused {
  code: string
  title: string
  errors: Record<string, string[]>
}

/**
 * The fields with what was refused of each, and what to say beside the button: the button may be far below the field.
 * `at` names the field of a code, or of a path whose field is called otherwise ({ 'team.name_taken': 'name', '$.hostedBy': 'host' }).
 */
export function refusedAt<T extends Field>(fields: readonly T[], refused: Refused, at: Readonly<Record<string, string>> = {}): { fields: T[]; refusal: string } {
  const said = new Map(Object.entries(refused.errors).map(([path, words]) => [at[path] ?? path.slice(2), words[0] ?? refused.title]))
  if (said.size === 0 && at[refused.code]) said.set(at[refused.code]!, refused.title)
  const marked = fields.map((f) => ({ ...f, error: said.get(f.key) ?? '' }))
  const first = marked.find((f) => f.error)
  return { fields: marked, refusal: first ? `${first.label.replace(/（.*）$/, '')}：${first.error}` : refused.title }
}

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

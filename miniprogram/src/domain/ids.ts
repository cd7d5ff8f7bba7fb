/** A UUID (RFC 9562, version 4) from random bytes. */
export function uuid(random: Uint8Array): string {
  const bytes = random.slice(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Somebody's id as it is shown where nobody is named: its end, which is random; the beginning is only when it was made. */
export const tailOf = (id: string): string => `尾号 ${id.slice(-8)}`

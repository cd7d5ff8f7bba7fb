import { sha256 } from 'js-sha256'

/** What a device needs to show its codes without network. */
export interface DeviceSecret {
  deviceId: string
  /** Base64url, 32 bytes. */
  secret: string
  linkPrefix: string
  stepSeconds: number
  expiresAt: string
}

/** Whom a code is shown to: the clerk at the till, or the leader at the door. */
export type Purpose = 'till' | 'check-in'

const AUDIENCE: Record<Purpose, string> = { till: 'clerk', 'check-in': 'leader' }
const MAC_BYTES = 16
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The step of an instant (Unix milliseconds). */
export const stepAt = (now: number, stepSeconds: number): number => Math.floor(now / 1000 / stepSeconds)

/** The link of one step, as DeviceKeys in the backend describes it. */
export function personalCode(device: DeviceSecret, purpose: Purpose, community: number, step: number): string {
  const id = device.deviceId.replace(/-/g, '')
  const message = `phoenix/personal\n${purpose}\n${AUDIENCE[purpose]}\n${community}\n${id}\n${step}`
  const mac = sha256.hmac.array(fromBase64Url(device.secret), message).slice(0, MAC_BYTES)
  return `${device.linkPrefix}${purpose}.${community}.${toBase64Url(fromHex(id))}.${step}.${toBase64Url(mac)}`
}

/** What stands behind /q/ in a link of ours; undefined for any other text. */
export const codeIn = (scanned: string): string | undefined => /\/q\/([\w.-]+)$/.exec(scanned)?.[1] ?? /^[\w-]+(?:\.[\w-]+){4,5}$/.exec(scanned)?.[0]

/** Somebody's own code (我的码): for the clerk or the leader to scan, with what it is for; undefined for any other text. */
export const personalIn = (scanned: string): { purpose: Purpose; code: string } | undefined => {
  const found = /(?:^|\/q\/)(my\.(till|check-in)\.[\w.-]+)$/.exec(scanned)
  return found ? { purpose: found[2] as Purpose, code: found[1]! } : undefined
}

/** What an invitation's code makes of who types it: one of a unit's people, or a clerk. */
export type Invitation = 'unit' | 'clerk'

/** An invitation's code as a link, for the QR code beside it: scanned, nothing needs to be typed. Opened by WeChat like every link of ours. */
export const invitationLink = (origin: string, what: Invitation, community: number, code: string): string => `${origin}/q/join.${what}.${community}.${code}`

/** The invitation in a link of this community's; undefined for any other text. */
export const invitationIn = (scanned: string, community: number): { what: Invitation; code: string } | undefined => {
  const found = /\/q\/join\.(unit|clerk)\.(\d+)\.([\w-]{4,40})$/.exec(scanned)
  return found && Number(found[2]) === community ? { what: found[1] as Invitation, code: found[3]! } : undefined
}

/** The number in the code that stands on a certificate of this community's; undefined for any other text. */
export const certificateIn = (scanned: string, community: number): string | undefined => {
  const found = /^https?:\/\/[^/]+\/verify\/(\d+)\/([\w-]{4,40})$/.exec(scanned)
  return found && Number(found[1]) === community ? found[2] : undefined
}

const fromHex = (hex: string): number[] => hex.match(/../g)!.map((b) => parseInt(b, 16))

/** Bytes as base64url without padding. */
export function toBase64Url(bytes: number[]): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    for (let k = 0; k < Math.min(bytes.length - i, 3) + 1; k++) text += ALPHABET[(group >> (18 - 6 * k)) & 63]!
  }
  return text
}

/** The bytes of base64url text. */
export function fromBase64Url(text: string): number[] {
  const bytes: number[] = []
  let [bits, held] = [0, 0]
  for (const letter of text) {
    held = (held << 6) | ALPHABET.indexOf(letter)
    bits += 6
    if (bits >= 8) bytes.push((held >> (bits -= 8)) & 255)
    held &= (1 << bits) - 1
  }
  return bytes
}

/** What the leader's phone needs to make the door's codes without network. */
export interface DoorKey {
  prefix: string
  message: string
  /** Base64url, 32 bytes. */
  key: string
  stepSeconds: number
}

/** The door's link of one step, as RotatingCodes in the backend describes it. */
export function doorCode({ prefix, message, key }: DoorKey, step: number): string {
  const mac = sha256.hmac.array(fromBase64Url(key), `${message}${step}`).slice(0, MAC_BYTES)
  return `${prefix}${step}.${toBase64Url(mac)}`
}

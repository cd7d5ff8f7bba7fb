import type { Tokens } from './schema'
import { uuid } from '../domain/ids'
import { problemOf, randomBytes, send } from './client'

const KEY = 'tokens'
/** A token that ends within this is renewed first. */
const AHEAD = 30_000

let renewal: Promise<string> | undefined

/** A token for a call; signs in where there is none. One caller renews, all wait. */
export function accessToken(): Promise<string> {
  const tokens = wx.getStorageSync(KEY) as Tokens | ''
  if (tokens && Date.parse(tokens.accessExpiresAt) - Date.now() > AHEAD) return Promise.resolve(tokens.accessToken)
  return refresh()
}

/** Renews the access token; signs in anew where the session is over. */
export const refresh = (): Promise<string> => (renewal ??= renew().finally(() => (renewal = undefined)))

/** Forgets the session of this phone. */
export const forget = () => wx.removeStorageSync(KEY)

async function renew(): Promise<string> {
  const tokens = wx.getStorageSync(KEY) as Tokens | ''
  if (tokens) {
    const answer = await send('POST', '/api/v1/sessions/refresh', { body: { refreshToken: tokens.refreshToken } }, undefined, uuid(await randomBytes()))
    if (answer.statusCode === 200) return keep(answer.data as Tokens)
    if (answer.statusCode >= 500 || answer.statusCode === 429) throw problemOf(answer)
    forget()
  }
  const { code } = await wx.login()
  const answer = await send('POST', '/api/v1/sessions', { body: { code } }, undefined, uuid(await randomBytes()))
  if (answer.statusCode !== 200) throw problemOf(answer)
  return keep(answer.data as Tokens)
}

function keep(tokens: Tokens): string {
  wx.setStorageSync(KEY, tokens)
  return tokens.accessToken
}

import type { Tokens } from './schema'
import { uuid } from '../domain/ids'
import { problemOf, randomBytes, send } from './client'

const KEY = 'tokens'

let renewal: Promise<string> | undefined

/**
 * Calls as the person, signing in where there is no session. Whether a token is over is the server's to say: phones' clocks go wrong. Where it is refused, one
 * caller renews it, all wait, and each calls once more.
 */
export async function signedIn<T extends { statusCode: number }>(call: (token: string) => Promise<T>): Promise<T> {
  const kept = wx.getStorageSync(KEY) as Tokens | ''
  const token = kept ? kept.accessToken : await refresh()
  const answer = await call(token)
  if (answer.statusCode !== 401) return answer
  const now = wx.getStorageSync(KEY) as Tokens | ''
  return call(now && now.accessToken !== token ? now.accessToken : await refresh())
}

/** Renews the access token; signs in anew where the session is over. */
const refresh = (): Promise<string> => (renewal ??= renew().finally(() => (renewal = undefined)))

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

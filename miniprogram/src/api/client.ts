import type { paths } from './schema'
import { community, origin } from '../config'
import { uuid } from '../domain/ids'
import { Problem, noNetwork, slowNetwork } from './problem'
import { signedIn } from './tokens'

/** Tries of a read, and of a write whose answer was lost. */
const READS = 3
const WRITES = 4
const FIRST_PAUSE = 600
const TIMEOUT = 10_000

type Method = 'get' | 'post' | 'put' | 'delete'
type Has<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never }[keyof paths]
type Operation<P extends keyof paths, M extends Method> = paths[P][M]
type Answer<O> = O extends { responses: { 200: { content: { 'application/json': infer A } } } } ? A : unknown
type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? { body: B } : { body?: undefined }
type Query<O> = O extends { parameters: { query?: infer Q } } ? { query?: Exclude<Q, undefined> } : object
type InPath<O> = O extends { parameters: { path: infer P } } ? (keyof Omit<P, 'communityId'> extends never ? object : { path: Omit<P, 'communityId'> }) : object

/** What a route takes. Of many routes at once it is one thing for each, where three unions would multiply to more than the compiler takes. */
type Taken<O> = O extends unknown ? Body<O> & Query<O> & InPath<O> : never

/** Reads. Safe to send again, so that it is when the network fails. */
export async function get<P extends Has<'get'>>(path: P, options: Query<Operation<P, 'get'>> & InPath<Operation<P, 'get'>>): Promise<Answer<Operation<P, 'get'>>> {
  for (let attempt = 1; ; attempt++)
    try {
      return (await call('GET', path, options)) as Answer<Operation<P, 'get'>>
    } catch (error) {
      if (!(error instanceof Lost) || attempt >= READS) throw error instanceof Lost ? error.problem : error
      await pause(attempt)
    }
}

/** A read for pages that look every few seconds: undefined while it is as it was. Asked once; the next look asks again. */
export async function getIfChanged<P extends Has<'get'>>(
  path: P, options: Query<Operation<P, 'get'>> & InPath<Operation<P, 'get'>>, tag: string | undefined,
): Promise<{ tag: string | undefined; answer: Answer<Operation<P, 'get'>> } | undefined> {
  try {
    const answer = await signedIn((token) => send('GET', path, { ...options, tag }, token))
    if (answer.statusCode === 304) return undefined
    if (answer.statusCode >= 300) throw problemOf(answer)
    const headers = Object.entries(answer.header as Record<string, string>)
    return { tag: headers.find(([name]) => name.toLowerCase() === 'etag')?.[1], answer: answer.data as Answer<Operation<P, 'get'>> }
  } catch (error) {
    throw error instanceof Lost ? error.problem : error
  }
}

/**
 * Changes something. The request id is stored under `slot` before the first try and sent again until an answer is known, also after the program was
 * closed: the server does it once. A slot names what is done ("signup:SHIFT"); another thing has another slot.
 */
export async function change<M extends 'post' | 'put' | 'delete', P extends Has<M>>(
  method: M,
  path: P,
  slot: string,
  options: Taken<Operation<P, M>>,
): Promise<Answer<Operation<P, M>>> {
  const key = `request:${slot}`
  const stored = wx.getStorageSync(key) as { id: string; body: string } | ''
  const body = JSON.stringify(options.body ?? null)
  // Something else is asked for now: what was asked before is the server's to know.
  const request = stored && stored.body === body ? stored : { id: uuid(await randomBytes()), body }
  wx.setStorageSync(key, request)
  for (let attempt = 1; ; attempt++)
    try {
      const answer = await call(method.toUpperCase(), path, options, request.id)
      wx.removeStorageSync(key)
      return answer as Answer<Operation<P, M>>
    } catch (error) {
      if (!(error instanceof Lost)) {
        wx.removeStorageSync(key)
        throw error
      }
      if (attempt >= WRITES) throw error.problem.isUnknown ? error.problem : slowNetwork()
      await pause(attempt)
    }
}

/** Sends a file, once however often it is asked for: the request id is kept as in `change`, for the same file under the same slot. */
export async function upload<P extends Has<'post'>>(path: P, slot: string, file: string, query: object): Promise<Answer<Operation<P, 'post'>>> {
  const key = `request:${slot}`
  const stored = wx.getStorageSync(key) as { id: string; body: string } | ''
  const request = stored && stored.body === file ? stored : { id: uuid(await randomBytes()), body: file }
  wx.setStorageSync(key, request)
  for (let attempt = 1; ; attempt++)
    try {
      const answer = await sendFile(path, query, file, request.id)
      wx.removeStorageSync(key)
      return answer as Answer<Operation<P, 'post'>>
    } catch (error) {
      if (!(error instanceof Lost)) {
        wx.removeStorageSync(key)
        throw error
      }
      if (attempt >= WRITES) throw slowNetwork()
      await pause(attempt)
    }
}

async function sendFile(path: string, query: object, filePath: string, requestId: string): Promise<unknown> {
  const url = origin + address(path, { query })
  const once = (token: string) =>
    new Promise<WechatMiniprogram.UploadFileSuccessCallbackResult>((resolve, reject) =>
      wx.uploadFile({ url, filePath, name: 'file', timeout: TIMEOUT, header: { Authorization: `Bearer ${token}`, 'Idempotency-Key': requestId }, success: resolve, fail: () => reject(new Lost(noNetwork())) }),
    )
  const answer = await signedIn(once)
  const said = JSON.parse(answer.data || '{}') as object
  if (answer.statusCode < 300) return said
  const problem = problemOf({ ...answer, data: said } as never)
  throw answer.statusCode >= 500 ? new Lost(problem) : problem
}

/** Fetches a file of the community (`/stalls/ID/code`) to this phone, as the person; where it is here. What it says when it can't is given. */
export async function download(path: string, otherwise: string): Promise<string> {
  const url = `${origin}/api/v1/communities/${community}${path}`
  const once = (token: string) =>
    new Promise<WechatMiniprogram.DownloadFileSuccessCallbackResult>((success, reject) => wx.downloadFile({ url, header: { Authorization: `Bearer ${token}` }, success, fail: () => reject(noNetwork()) }))
  const answer = await signedIn(once)
  if (answer.statusCode !== 200) throw new Problem('client.no_file', otherwise, answer.statusCode)
  return answer.tempFilePath
}

/** Opens such a file, which WeChat lets the person keep, print or send on. */
export async function openFile(path: string, fileType: 'pdf' | 'xlsx', otherwise: string): Promise<void> {
  await wx.openDocument({ filePath: await download(path, otherwise), fileType, showMenu: true })
}

/** An answer that didn't come, or a server that couldn't: to be asked again. */
class Lost extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code)
  }
}

interface Sent {
  body?: unknown
  /** The ETag of what is known already. */
  tag?: string | undefined
  query?: object
  path?: object
}

async function call(method: string, path: string, options: Sent, requestId?: string): Promise<unknown> {
  const answer = await signedIn((token) => send(method, path, options, token, requestId))
  if (answer.statusCode < 300) return answer.data
  const problem = problemOf(answer)
  if (answer.statusCode >= 500 || answer.statusCode === 429) throw new Lost(answer.statusCode >= 500 ? new Problem(problem.code, problem.title, problem.status, requestId !== undefined) : problem)
  throw problem
}

/** One request without a session: sign-in itself. */
export function send(method: string, path: string, options: Sent, token?: string, requestId?: string): Promise<WechatMiniprogram.RequestSuccessCallbackResult> {
  return new Promise((resolve, reject) =>
    wx.request({
      url: origin + address(path, options),
      method: method as 'GET',
      data: method === 'GET' ? undefined : ((options.body ?? {}) as WechatMiniprogram.IAnyObject),
      timeout: TIMEOUT,
      header: { ...(token && { Authorization: `Bearer ${token}` }), ...(requestId && { 'Idempotency-Key': requestId }), ...(options.tag && { 'If-None-Match': options.tag }) },
      success: resolve,
      fail: () => reject(new Lost(noNetwork())),
    } as WechatMiniprogram.RequestOption),
  )
}

export const problemOf = (answer: WechatMiniprogram.RequestSuccessCallbackResult): Problem => {
  const said = answer.data as { code?: string; title?: string; errors?: Record<string, string[]> }
  const fields = Object.values(said.errors ?? {}).flat()
  return new Problem(said.code ?? 'client.bad_answer', fields[0] ?? said.title ?? '系统正忙，请稍等一会儿再试。', answer.statusCode, false, said.errors)
}

function address(path: string, { query = {}, path: inPath = {} }: Sent): string {
  const values: Record<string, unknown> = { communityId: community, ...inPath }
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])))
  const wanted = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  return wanted.length === 0 ? filled : `${filled}?${wanted.map(([k, v]) => `${k}=${encodeURIComponent(String(v))}`).join('&')}`
}

export const randomBytes = async (): Promise<Uint8Array> => new Uint8Array((await wx.getRandomValues({ length: 16 })).randomValues)

const pause = (attempt: number) => new Promise<void>((resolve) => setTimeout(resolve, FIRST_PAUSE * 2 ** (attempt - 1)))

// Requests go to the host that serves this page, whatever host they name: the same paths, the same program.
import { settle } from './index.js'

export function create({ phone }) {
  const listeners = new Set()
  const own = (url) => {
    const { pathname, search } = new URL(url, location.origin)
    return pathname + search
  }
  const send = (url, init, name) => {
    if (!phone.isOnline) throw { errMsg: `${name}:fail 网络已断开` }
    return fetch(own(url), init).catch((error) => {
      throw { errMsg: `${name}:fail ${error.message}` }
    })
  }
  phone.goOnline = (isOnline) => {
    phone.isOnline = isOnline
    for (const listener of listeners) listener({ isConnected: isOnline, networkType: isOnline ? 'wifi' : 'none' })
  }
  return {
    request(options) {
      const abort = new AbortController()
      const method = (options.method ?? 'GET').toUpperCase()
      const url = method === 'GET' && options.data ? `${options.url}?${new URLSearchParams(options.data)}` : options.url
      const body = method === 'GET' || options.data === undefined ? undefined : typeof options.data === 'string' ? options.data : JSON.stringify(options.data)
      const headers = { ...(body && { 'content-type': 'application/json' }), ...options.header }
      settle(options, async () => {
        const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(options.timeout ?? 60_000)])
        const answer = await send(url, { method, headers, body, signal }, 'request')
        const header = Object.fromEntries(answer.headers)
        if (options.responseType === 'arraybuffer') return { data: await answer.arrayBuffer(), statusCode: answer.status, header, errMsg: 'request:ok' }
        const text = await answer.text()
        let data = text
        try {
          data = JSON.parse(text)
        } catch {
          // Text stays text, as in WeChat.
        }
        return { data, statusCode: answer.status, header, errMsg: 'request:ok' }
      })
      return { abort: () => abort.abort() }
    },
    uploadFile(options) {
      return settle(options, async () => {
        const form = new FormData()
        for (const [name, value] of Object.entries(options.formData ?? {})) form.append(name, value)
        form.append(options.name, await (await fetch(options.filePath)).blob(), 'upload')
        const answer = await send(options.url, { method: 'POST', headers: options.header, body: form }, 'uploadFile')
        return { data: await answer.text(), statusCode: answer.status, errMsg: 'uploadFile:ok' }
      })
    },
    downloadFile(options) {
      return settle(options, async () => {
        const answer = await send(options.url, { headers: options.header }, 'downloadFile')
        return { tempFilePath: URL.createObjectURL(await answer.blob()), statusCode: answer.status, errMsg: 'downloadFile:ok' }
      })
    },
    getNetworkType: (options) => settle(options, () => ({ networkType: phone.isOnline ? 'wifi' : 'none' })),
    onNetworkStatusChange: (listener) => listeners.add(listener),
    offNetworkStatusChange: (listener) => listeners.delete(listener),
  }
}

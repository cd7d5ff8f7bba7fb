// The wx of the preview: what covered.mjs names, and a loud error for everything else.
import { CALLS } from '../../covered.mjs'
import * as account from './account.js'
import * as device from './device.js'
import * as dialogs from './dialogs.js'
import * as navigation from './navigation.js'
import * as network from './network.js'
import * as rendering from './rendering.js'
import * as storage from './storage.js'

/** Ends a call as WeChat does: callbacks and a promise. */
export async function settle(options, work) {
  try {
    const result = (await work()) ?? {}
    options?.success?.(result)
    options?.complete?.(result)
    return result
  } catch (error) {
    const result = error.errMsg ? error : { errMsg: String(error.message ?? error) }
    options?.fail?.(result)
    options?.complete?.(result)
    if (!options?.fail && !options?.complete) throw result
    return result
  }
}

export function createWx(parts) {
  const made = { env: { USER_DATA_PATH: 'preview://user' } }
  for (const [file, module] of Object.entries({ account, device, dialogs, navigation, network, rendering, storage })) {
    const calls = module.create(parts)
    for (const name of CALLS[file]) {
      if (!calls[name]) throw new Error(`runtime/wx/${file}.js has no ${name}`)
      made[name] = calls[name]
    }
  }
  return new Proxy(made, {
    get(target, name) {
      if (name in target || typeof name === 'symbol') return target[name]
      throw new Error(`wx.${name} is not covered by the preview: see preview/covered.mjs`)
    },
  })
}

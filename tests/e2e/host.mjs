// The product for one test file, on the morning of the same working day, whatever the machine's clock says; gone afterwards. As a newcomer starts it:
// embedded host, simulator and preview, on a free port, in a folder of its own. Or, for the project "nodes", as production runs.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, inject } from 'vitest'
import { startNodes } from './nodes.mjs'
import { LISTENING, SETUP_CODE, start, stop } from './process.mjs'

const MORNING = Date.parse('2026-11-25T08:00:00+08:00')

let running

/** Where the host of this test file listens. */
export const address = () => running.address

/** The code that the host printed for its first administrator. */
export const setupCode = () => running.setupCode

/** Kills a node (kill -9) where there are two; an embedded host is left alone. */
export const killNode = () => running.nodes?.[0].kill('SIGKILL')

async function startEmbedded(folder, preview, ahead) {
  const args = ['serve', '--seed', '--wechat', 'simulator', '--url', 'http://127.0.0.1:0', '--data', path.join(folder, 'data'), '--ahead', String(ahead)]
  const [host, address, setupCode] = await start(args, { PHOENIX_PREVIEW: preview }, [LISTENING, SETUP_CODE])
  return { address, setupCode, end: () => stop(host) }
}

beforeAll(async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'phoenix-e2e-'))
  const begin = process.env.PHOENIX_E2E_NODES ? startNodes : startEmbedded
  running = { folder, ...(await begin(folder, inject('preview'), Math.round((MORNING - Date.now()) / 1000))) }
})

afterAll(async () => {
  await running.end()
  fs.rmSync(running.folder, { recursive: true })
})

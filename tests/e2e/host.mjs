// The product as a newcomer starts it: embedded host, simulator, preview; on a free port, in a folder of its own, gone afterwards.
// Each test file has its own, on the morning of the same working day, whatever the machine's clock says.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, inject } from 'vitest'

const READY_SECONDS = 90
const MORNING = '2026-11-25T08:00:00+08:00'
const program = path.resolve(import.meta.dirname, '../../backend/Phoenix.App/bin/Release/net10.0/phoenix.dll')

let running

/** Where the host of this test file listens. */
export const address = () => running.address

/** The code that the host printed for its first administrator. */
export const setupCode = () => running.setupCode

beforeAll(async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'phoenix-e2e-'))
  const host = spawn('dotnet', [program, 'serve', '--seed', '--wechat', 'simulator', '--url', 'http://127.0.0.1:0', '--data', folder, '--at', MORNING], { env: { ...process.env, PHOENIX_PREVIEW: inject('preview') }, stdio: ['ignore', 'pipe', 'pipe'] })
  running = { folder, host, ...(await listening(host)) }
})

afterAll(async () => {
  const { host, folder } = running
  const ended = new Promise((done) => host.once('exit', done))
  host.kill('SIGTERM')
  await ended
  fs.rmSync(folder, { recursive: true })
})

function listening(host) {
  return new Promise((resolve, reject) => {
    let said = ''
    const limit = setTimeout(() => reject(new Error(`The host was not ready within ${READY_SECONDS} s:\n${said}`)), READY_SECONDS * 1000)
    host.once('exit', (code) => reject(new Error(`The host ended with ${code}:\n${said}`)))
    const hear = (data) => {
      said += data
      const address = /Now listening on: (\S+)/.exec(said)?.[1]
      const setupCode = /Setup code of community 1[^:]*: (\S+)/.exec(said)?.[1]
      if (!address || !setupCode) return
      clearTimeout(limit)
      resolve({ address, setupCode })
    }
    host.stdout.on('data', hear)
    host.stderr.on('data', hear)
  })
}

// The product as a newcomer starts it: embedded host, simulator, preview; on a free port, in a folder of its own, gone afterwards.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from '../../miniprogram/preview/build.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const READY_SECONDS = 90

export default async function setup(project) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'phoenix-e2e-'))
  const preview = path.join(folder, 'preview')
  const { problems } = await build(path.join(root, 'miniprogram', 'src'), preview)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const program = path.join(root, 'backend', 'Phoenix.App', 'bin', 'Release', 'net10.0', 'phoenix.dll')
  const host = spawn('dotnet', [program, 'serve', '--seed', '--wechat', 'simulator', '--url', 'http://127.0.0.1:0', '--data', path.join(folder, 'data')], { env: { ...process.env, PHOENIX_PREVIEW: preview }, stdio: ['ignore', 'pipe', 'pipe'] })
  const { address, setupCode } = await listening(host)
  project.provide('address', address)
  project.provide('setupCode', setupCode)
  return async () => {
    const ended = new Promise((done) => host.once('exit', done))
    host.kill('SIGTERM')
    await ended
    fs.rmSync(folder, { recursive: true })
  }
}

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

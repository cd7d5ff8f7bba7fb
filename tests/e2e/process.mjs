// phoenix as a process of its own.
import { spawn, spawnSync } from 'node:child_process'
import path from 'node:path'

const READY_SECONDS = 90
const program = path.resolve(import.meta.dirname, '../../backend/Phoenix.App/bin/Release/net10.0/phoenix.dll')

/** Runs a command to its end; what it printed. */
export function run(command, args, env) {
  const { status, stdout, stderr } = spawnSync(command, args, { env: { ...process.env, ...env }, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}

export const phoenix = (args, env) => run('dotnet', [program, ...args], env)

/** Starts phoenix and waits until it has said all of `words`: the process, and what each pattern caught. */
export function start(args, env, words) {
  const host = spawn('dotnet', [program, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  return new Promise((resolve, reject) => {
    let said = ''
    const limit = setTimeout(() => reject(new Error(`Not ready within ${READY_SECONDS} s:\n${said}`)), READY_SECONDS * 1000)
    host.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${said}`)))
    const hear = (data) => {
      said += data
      const caught = words.map((word) => word.exec(said)?.[1])
      if (caught.some((text) => text === undefined)) return
      clearTimeout(limit)
      resolve([host, ...caught])
    }
    host.stdout.on('data', hear)
    host.stderr.on('data', hear)
  })
}

/** Tells it to stop, and waits until it has. */
export async function stop(host) {
  if (host.exitCode !== null || host.signalCode !== null) return
  const ended = new Promise((done) => host.once('exit', done))
  host.kill('SIGTERM')
  await ended
}

/** What a host says when it is ready. */
export const LISTENING = /Now listening on: (\S+)/

/** What a host says to its first administrator. */
export const SETUP_CODE = /Setup code of community 1[^:]*: (\S+)/

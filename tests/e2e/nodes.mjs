// Production's shape on one machine: two nodes behind a proxy, PostgreSQL, Redis, and one WeChat beside them.
import { randomBytes } from 'node:crypto'
import http from 'node:http'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { LISTENING, phoenix, run, SETUP_CODE, start, stop } from './process.mjs'

/** Of Redis' sixteen, one that no other suite uses. */
const REDIS_DATABASE = 9

const wanted = (name) => process.env[name] ?? (() => { throw new Error(`${name} is missing: run this by bash deploy/test.sh e2e.`) })()

/** Starts all of it; where the proxy listens, the setup code, the nodes, and how to end it. */
export async function startNodes(folder, preview, ahead) {
  const [postgres, redis] = [wanted('PHOENIX_TEST_POSTGRES'), wanted('PHOENIX_TEST_REDIS')]
  const name = `e2e_${randomBytes(6).toString('hex')}`
  const at = (field) => new RegExp(`${field}=([^;]+)`).exec(postgres)[1]
  const sql = (text) => run('psql', ['-q', '-h', at('Host'), '-p', at('Port'), '-U', at('Username'), '-d', 'postgres', '-c', text])
  sql(`create role ${name}_serving login`)
  sql(`create database ${name}`)
  const [redisHost, redisPort] = redis.split(':')
  run('redis-cli', ['-h', redisHost, '-p', redisPort, '-n', String(REDIS_DATABASE), 'flushdb'])

  const targets = { nodes: [], simulator: '' }
  const proxy = await listen(targets)
  const address = `http://127.0.0.1:${proxy.address().port}`
  const [simulator, platform] = await start(['simulate', '--url', 'http://127.0.0.1:0', '--push', `${address}/wechat/push`], {}, [/platform\s+(\S+)/])
  targets.simulator = new URL(platform).origin
  const keys = path.join(folder, 'keys.json')
  const env = {
    PHOENIX_HOST: 'rehearsal',
    PHOENIX_WECHAT_API: targets.simulator,
    PHOENIX_POSTGRES: `Host=${at('Host')};Port=${at('Port')};Username=${name}_serving;Database=${name}`,
    PHOENIX_POSTGRES_OWNER: `Host=${at('Host')};Port=${at('Port')};Username=${at('Username')};Database=${name}`,
    PHOENIX_REDIS: `${redis},defaultDatabase=${REDIS_DATABASE}`,
    PHOENIX_KEYS_FILE: keys,
    PHOENIX_PUBLIC_URL: address,
    PHOENIX_PREVIEW: preview,
  }
  phoenix(['keys', 'create', keys])
  phoenix(['migrate'], env)
  const serve = ['serve', '--url', 'http://127.0.0.1:0', '--ahead', String(ahead)]
  const [first, one, setupCode] = await start([...serve, '--seed'], env, [LISTENING, SETUP_CODE])
  const [second, other] = await start(serve, env, [LISTENING])
  targets.nodes.push(one, other)
  return {
    address, setupCode, nodes: [first, second],
    async end() {
      await Promise.all([first, second, simulator].map(stop))
      proxy.closeAllConnections()
      proxy.close()
      sql(`drop database ${name} with (force)`)
      sql(`drop role ${name}_serving`)
    },
  }
}

/** Requests go to the nodes by turns; one that isn't there any more is passed over. The clock is walked on all nodes, jobs run on the first that is there. */
async function listen(targets) {
  let turn = 0
  const inOrder = () => (turn++ % 2 === 0 ? targets.nodes : targets.nodes.toReversed())
  const proxy = http.createServer(async (request, response) => {
    const body = await buffer(request)
    const answer = (got) => {
      response.writeHead(got.status, got.headers)
      response.end(got.body)
    }
    if (request.url === '/simulator/clock') {
      const walked = await Promise.allSettled(targets.nodes.map((node) => ask(node, request, body)))
      return answer(walked.find((w) => w.status === 'fulfilled').value)
    }
    for (const target of request.url.startsWith('/simulator') && request.url !== '/simulator/jobs' ? [targets.simulator] : inOrder()) {
      try {
        return answer(await ask(target, request, body))
      } catch (error) {
        if (error.code !== 'ECONNREFUSED') break
      }
    }
    response.writeHead(502)
    response.end()
  })
  await new Promise((ready) => proxy.listen(0, '127.0.0.1', ready))
  return proxy
}

function ask(target, { method, url, headers }, body) {
  return new Promise((resolve, reject) => {
    const asked = http.request(new URL(url, target), { method, headers: { ...headers, host: new URL(target).host } }, async (got) => {
      try {
        resolve({ status: got.statusCode, headers: got.headers, body: await buffer(got) })
      } catch (error) {
        reject(error)
      }
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

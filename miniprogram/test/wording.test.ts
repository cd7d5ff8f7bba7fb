import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const source = path.join(__dirname, '..', 'src')
const files = fs.readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((f) => /\.(wxml|ts|json)$/.test(f) && !f.endsWith('.d.ts'))

/** Words that a resident's screen never shows (product.md): no money, no bank talk, no jargon. */
const BANNED = /[¥￥元]|余额|积分商城|提现|充值|转账|钱包|人民币|现金|支付|购买|核销|失败|非法|token|错误码/i

/** Pages that may say 元, each with its reason, and nothing else of the above. */
const MAY_SAY_YUAN: Record<string, string> = {
  'packages/volunteer/mystall': 'the takings of one\'s own stall are money, and are told by who answers for it (hard rule 10: told, not taken)',
  'packages/volunteer/trace': 'sums of the fund\'s accounts and of the charity\'s receipts, which are public; no coin stands beside them (hard rules 4 and 10)',
  'packages/volunteer/fund': 'the fund\'s accounts as a whole and the charity\'s receipts, which are public; no coin stands beside them (hard rules 4 and 10)',
  ...Object.fromEntries(
    ['merchant/statements', 'merchant/statement', 'staff/statements', 'staff/statement', 'staff/payouts', 'staff/payout'].map((page) => [`packages/${page}`, 'what a merchant is paid is in its own agreement, and only there (hard rule 4)']),
  ),
  ...Object.fromEntries(['fund', 'entry', 'market'].map((page) => [`packages/staff/${page}`, 'the fund\'s book and a market\'s takings, which staff keep from receipts and the stalls\' word (hard rule 10)'])),
}
const bannedIn = (file: string, text: string) => BANNED.test(path.dirname(file) in MAY_SAY_YUAN ? text.replaceAll('元', '') : text)

test('residents read no money and no jargon', () => {
  const found = files.flatMap((file) =>
    fs.readFileSync(path.join(source, file), 'utf8').split('\n').flatMap((line, i) => {
      const chinese = (line.match(/[^'"`<>{}]*\p{Script=Han}[^'"`<>{}]*/gu) ?? []).join(' ')
      return !/^\s*(\/\/|\*|\/\*)/.test(line) && bannedIn(file, chinese) ? [`${file}:${i + 1} ${line.trim()}`] : []
    }),
  )
  expect(files.length).toBeGreaterThan(20)
  expect(found).toEqual([])
  expect(BANNED.test('余额 25 元')).toBe(true)
  for (const page of Object.keys(MAY_SAY_YUAN)) expect([bannedIn(`${page}/x.wxml`, '收了 5 元'), bannedIn(`${page}/x.wxml`, '余额 5 元')]).toEqual([false, true])
})

const app = JSON.parse(fs.readFileSync(path.join(source, 'app.json'), 'utf8')) as { pages: string[]; subPackages: { root: string; pages: string[] }[] }
const all = [...app.pages, ...app.subPackages.flatMap((p) => p.pages.map((page) => `${p.root}/${page}`))]

test('the main package stays under 1.5 MB with the packages that go into it', () => {
  const roots = app.subPackages.map((p) => p.root + path.sep)
  const own = fs.readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((f) => !f.endsWith('.d.ts') && !roots.some((root) => f.startsWith(root))).map((f) => path.join(source, f))
  const modules = path.join(__dirname, '..', 'node_modules')
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8')) as { dependencies: Record<string, string> }
  // DevTools' 构建 npm copies each package whole, without its own development files: its entry and what stands beside it at most.
  const packed = Object.keys(dependencies).flatMap((name) => fs.readdirSync(path.join(modules, name), { recursive: true, encoding: 'utf8' }).map((f) => path.join(modules, name, f)))
  const bytes = [...own, ...packed].map((f) => fs.statSync(f)).filter((s) => s.isFile()).reduce((sum, s) => sum + s.size, 0)
  expect(own.length).toBeGreaterThan(60)
  expect(bytes).toBeLessThan(1.5 * 1024 * 1024)
})

test('every page that app.json names is there, once', () => {
  for (const page of all) for (const kind of ['json', 'ts', 'wxml']) expect(fs.existsSync(path.join(source, `${page}.${kind}`)), `${page}.${kind}`).toBe(true)
  expect(new Set(all).size).toBe(all.length)
})

test('every page that a notice, link or other page opens is there', () => {
  const named = /(?<![\w/])\/?((?:pages|packages\/\w+)\/\w+\/\w+)/g
  const backend = path.join(__dirname, '..', '..', 'backend', 'Phoenix.App')
  const notices = fs.readdirSync(backend, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.cs') && !/^(obj|bin|Data)\b/.test(f)).map((f) => path.join(backend, f))
  const found = [...notices, ...files.map((f) => path.join(source, f))].flatMap((file) => [...fs.readFileSync(file, 'utf8').matchAll(named)].map(([, page]) => ({ page: page!, file })))
  expect(found.length).toBeGreaterThan(50)
  expect(found.filter(({ page }) => !all.includes(page))).toEqual([])
})

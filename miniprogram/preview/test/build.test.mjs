import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { build } from '../build.mjs'
import { CALLS, ELEMENTS } from '../covered.mjs'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'phoenix-preview-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))

let next = 0
/** A program of one page. */
async function program({ wxml = '<view>一</view>', wxss = '', ts = 'Page({})', using = {}, more = {} }) {
  const root = path.join(folder, String(next++))
  const files = { 'app.json': JSON.stringify({ pages: ['pages/one/one'] }), 'app.ts': 'App({})', 'pages/one/one.json': JSON.stringify({ usingComponents: using }), 'pages/one/one.wxml': wxml, 'pages/one/one.wxss': wxss, 'pages/one/one.ts': ts, ...more }
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, 'src', file)), { recursive: true })
    fs.writeFileSync(path.join(root, 'src', file), text)
  }
  const result = await build(path.join(root, 'src'), path.join(root, 'dist'))
  const read = (file) => fs.readFileSync(path.join(root, 'dist', file), 'utf8')
  return { ...result, read, hasOutput: fs.existsSync(path.join(root, 'dist')) }
}

test('a mistake in a template stops the build with file, line and column, and nothing is written', async () => {
  const missingEnd = await program({ wxml: '<view>\n  <text>一\n</view>' })
  expect(missingEnd).toMatchObject({ problems: ['pages/one/one.wxml:2:4 missing end tag'], hasOutput: false })
  expect((await program({ wxml: '<view class="{{a}" />' })).problems[0]).toMatch(/^pages\/one\/one\.wxml:1:\d+ missing expression end/)
  expect((await program({ wxml: '<view />\n <live-player />' })).problems).toEqual(['pages/one/one.wxml:2:2 <live-player> is not covered by the preview'])
  expect((await program({ using: { 'p-none': '/components/none/none' } })).problems).toEqual(['pages/one/one.json component not found: /components/none/none'])
  expect((await program({})).problems).toEqual([])
})

test('styles: rpx, the page, its own rules only there, classes of isolated components apart', async () => {
  const built = await program({
    wxml: '<p-one/>',
    wxss: '.a{width:375rpx}page{color:red}view.b{margin:-10.5rpx 0}',
    using: { 'p-one': '/components/one/one' },
    more: { 'components/one/one.json': '{"component":true}', 'components/one/one.wxml': '<view class="a"/>', 'components/one/one.wxss': ':host{display:block}.a{color:blue}', 'components/one/one.ts': 'Component({})' },
  })
  const css = built.read('app.css')
  expect(css).toContain(':where(wx-page[data-route="pages/one/one"]) .a{width:calc(375 * var(--rpx))}')
  expect(css).toContain('wx-page[data-route="pages/one/one"]{color:red}')
  expect(css).toContain('wx-view.b{margin:calc(-10.5 * var(--rpx)) 0}')
  expect(css).toContain('[wx-host="s0"]{display:block}.s0--a{color:blue}')
})

test('TDesign compiles, and its icons are drawn here', async () => {
  const all = path.join(import.meta.dirname, '..', '..', 'node_modules', 'tdesign-miniprogram', 'miniprogram_dist')
  // Two put children where glass-easel allows none; the product doesn't use them.
  const components = fs.readdirSync(all).filter((name) => fs.existsSync(path.join(all, name, `${name}.json`)) && !['chat-record', 'table'].includes(name))
  const built = await program({ using: Object.fromEntries(components.map((name) => [`t-${name}`, `tdesign-miniprogram/${name}/${name}`])) })
  expect(components.length).toBeGreaterThan(60)
  expect(built.problems).toEqual([])
  expect(built.read('app.css')).toMatch(/--t-icon-close::before\{-webkit-mask-image:url\("data:image\/svg/)
  expect(built.read('app.css')).not.toContain('@font-face')
})

test('the product uses only elements and calls that are covered, and the README lists them', () => {
  const source = path.join(import.meta.dirname, '..', '..', 'src')
  const scripts = fs.readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((f) => /(?<!\.d)\.ts$/.test(f)).map((f) => fs.readFileSync(path.join(source, f), 'utf8')).join('\n')
  const used = new Set([...scripts.matchAll(/\bwx\.(\w+)/g)].map((m) => m[1]))
  const covered = Object.values(CALLS).flat()
  expect(used.size).toBeGreaterThan(10)
  expect([...used].filter((name) => !covered.includes(name))).toEqual([])
  const readme = fs.readFileSync(path.join(import.meta.dirname, '..', 'README.md'), 'utf8')
  for (const name of [...covered.map((c) => `\`${c}\``), ...ELEMENTS.map((e) => `\`${e}\``)]) expect(readme).toContain(name)
})

import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { launch } from './browser.mjs'
import { build } from '../build.mjs'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'phoenix-preview-'))
const asked = []
let browser, server, address, page

const files = {
  'app.json': JSON.stringify({
    pages: ['pages/one/one', 'pages/two/two', 'pages/tab/tab'],
    tabBar: { color: '#333333', selectedColor: '#BF3A1C', list: [{ pagePath: 'pages/one/one', text: '一', iconPath: 'a.png', selectedIconPath: 'a.png' }, { pagePath: 'pages/tab/tab', text: '二', iconPath: 'a.png', selectedIconPath: 'a.png' }] },
  }),
  'app.ts': 'App({ onLaunch(o) { globalThis.launched = o } })',
  'pages/one/one.json': '{"navigationBarTitleText":"第一页"}',
  'pages/one/one.wxml': `<wxs module="w">module.exports = { twice: function (x) { return x.constructor === 'Number' ? x * 2 : 0 } }</wxs>
<view id="count" bind:tap="add" class="count">点了 {{count}} 次，两倍 {{w.twice(count)}}</view>
<view catchtap="outer"><button disabled="{{count > 1}}" bindtap="inner">按</button></view>
<input aria-label="名字" value="{{name}}" bind:input="type" /><text>你好 {{name}}</text>
<switch checked="{{on}}" bind:change="flip" aria-label="开关" /><text>{{on ? '开' : '关'}}</text>
<view wx:for="{{list}}" wx:key="*this" data-item="{{item}}" bind:tap="pick">第 {{item}} 行</view><text>选了 {{picked}}</text>
<button class="next" bind:tap="next">下一页</button><button class="ask" bind:tap="ask">问</button><text>答 {{answer}}</text>
<button class="scan" bind:tap="scan">扫</button><button class="broken" bind:tap="broken">坏</button><button class="fetch" bind:tap="fetch">取</button><text>取到 {{fetched}}</text><button class="picture" bind:tap="picture">图</button>`,
  'pages/one/one.ts': `Page({
    data: { count: 0, name: '', on: false, list: ['a', 'b'], picked: '', answer: '', fetched: '' },
    onLoad(q) { globalThis.life = ['load ' + JSON.stringify(q)] }, onShow() { globalThis.life.push('show') }, onHide() { globalThis.life.push('hide') },
    add() { this.setData({ count: this.data.count + 1 }) }, inner() { this.setData({ count: this.data.count + 1 }) }, outer() { this.setData({ answer: 'outer' }) },
    type(e: any) { this.setData({ name: e.detail.value }) }, flip(e: any) { this.setData({ on: e.detail.value }) },
    pick(e: any) { this.setData({ picked: e.currentTarget.dataset.item }) },
    next() { wx.navigateTo({ url: '/pages/two/two?a=1&b=%E4%BD%A0' }) },
    async ask() { const r = await wx.showModal({ title: '真的吗？', content: '想好了再点。' }); this.setData({ answer: r.confirm ? '是' : '否' }) },
    async scan() { const r = await wx.scanCode({}); this.setData({ answer: r.result }) },
    broken() { (wx as any).chooseInvoice({}) },
    async picture() {
      const r = await wx.chooseMedia({ count: 1, mediaType: ['image'] })
      wx.uploadFile({ url: 'https://elsewhere.example/api/files', filePath: r.tempFiles[0].tempFilePath, name: 'file', success: (a: any) => this.setData({ fetched: r.tempFiles[0].size + ' ' + a.statusCode + JSON.parse(a.data).path }) })
    },
    fetch() { wx.request({ url: 'https://elsewhere.example/api/x', data: { q: 1 }, success: (r: any) => this.setData({ fetched: r.statusCode + r.data.path }), fail: (r: any) => this.setData({ fetched: r.errMsg }) }) },
  })`,
  'pages/two/two.json': '{"navigationBarTitleText":"第二页"}',
  'pages/two/two.wxml': '<view>收到 {{a}} {{b}}</view><view class="long" /><button wx:if="{{late}}">晚到</button><p-code />',
  'pages/two/two.ts': `Page({ data: { a: '', b: '', late: false }, onLoad(q: any) { globalThis.two = this; this.setData({ a: q.a, b: q.b }) }, onUnload() { globalThis.life.push('two unloaded') } })`,
  'pages/tab/tab.json': '{}',
  'pages/tab/tab.wxml': '<view>第二个标签</view>',
  'pages/tab/tab.ts': 'Page({})',
}

beforeAll(async () => {
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(folder, 'src', file)
    fs.mkdirSync(path.dirname(target), { recursive: true })
    fs.writeFileSync(target, text.replace('<p-code />', ''))
  }
  const { problems } = await build(path.join(folder, 'src'), path.join(folder, 'dist'))
  expect(problems).toEqual([])
  server = http.createServer((request, response) => {
    const { pathname, search } = new URL(request.url, 'http://x')
    const file = path.join(folder, 'dist', pathname)
    if (fs.existsSync(file) && fs.statSync(file).isFile()) {
      response.setHeader('content-type', { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }[path.extname(file)] ?? 'application/octet-stream')
      response.end(fs.readFileSync(file))
      return
    }
    asked.push(`${request.method} ${pathname}${search}`)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ path: pathname + search }))
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${server.address().port}/phone.html`
  browser = await launch()
})

afterAll(async () => {
  await browser?.close()
  server?.close()
  fs.rmSync(folder, { recursive: true })
})

beforeEach(async () => {
  await page?.close()
  page = await browser.newPage({ viewport: { width: 390, height: 844 } })
})

const open = (query = '') => page.goto(`${address}?user=u&frame=f${query}`)
const sees = (text) => page.getByText(text).first().waitFor()

test('taps, data, WXS, lists, fields and switches', async () => {
  await open()
  await page.getByText('点了 0 次').click()
  await sees('点了 1 次，两倍 2')
  await page.locator('wx-button', { hasText: '按' }).click()
  await sees('点了 2 次，两倍 4')
  expect(await page.getByText('答 outer').count()).toBe(1)
  await page.locator('wx-button', { hasText: '按' }).click({ force: true })
  await sees('点了 2 次')
  await page.getByLabel('名字').fill('王阿姨')
  await sees('你好 王阿姨')
  await page.getByLabel('开关').check()
  await sees('开')
  await page.getByText('第 b 行').click()
  await sees('选了 b')
})

test('pages are pushed with their query, live and die, and tabs keep theirs', async () => {
  await open('&q=https%3A%2F%2Fphoenix.example%2Fq%2Fabc')
  expect(await page.evaluate(() => [launched.scene, life])).toEqual([1011, ['load {"q":"https%3A%2F%2Fphoenix.example%2Fq%2Fabc"}', 'show']])
  await page.locator('wx-button.next').click()
  await sees('收到 1 你')
  expect(await page.title()).toContain('第二页')
  await page.getByRole('button', { name: '返回' }).click()
  expect(await page.evaluate(() => life.slice(2))).toEqual(['hide', 'two unloaded', 'show'])
  await page.getByText('点了 0 次').click()
  await page.getByRole('button', { name: '二', exact: true }).click()
  await sees('第二个标签')
  await page.getByRole('button', { name: '一', exact: true }).click()
  await sees('点了 1 次')
})

test('what arrives for a page that is gone draws nothing', async () => {
  const errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  await open()
  await page.locator('wx-button.next').click()
  await sees('收到 1 你')
  await page.getByRole('button', { name: '返回' }).click()
  await page.evaluate(() => two.setData({ late: true }))
  await sees('点了 0 次')
  expect([errors, await page.getByText('晚到').count(), await page.locator('.mp-broken').count()]).toEqual([[], 0, 0])
})

test('dialogs answer, a code is typed or read, requests go to this host, and stop without network', async () => {
  await open()
  await page.locator('wx-button.ask').click()
  await page.getByRole('button', { name: '确定' }).click()
  await sees('答 是')
  await page.locator('wx-button.scan').click()
  await page.getByText('输入码上的内容').click()
  await page.getByLabel('码上的内容').fill('CODE-1')
  await page.getByRole('button', { name: '确定' }).click()
  await sees('答 CODE-1')
  await page.locator('wx-button.fetch').click()
  await sees('取到 200/api/x?q=1')
  expect(asked).toContain('GET /api/x?q=1')
  await page.evaluate(() => phoenixPhone.goOnline(false))
  await page.locator('wx-button.fetch').click()
  await sees('取到 request:fail')
})

test('a picture is chosen from this machine and sent as a form\'s file', async () => {
  await open()
  const chooser = page.waitForEvent('filechooser')
  await page.locator('wx-button.picture').click()
  const field = await chooser
  expect(await field.element().getAttribute('accept')).toBe('image/*')
  const sent = page.waitForRequest('**/api/files')
  await field.setFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('picture') })
  await sees('取到 7 200/api/files')
  expect((await sent).headers()['content-type']).toMatch(/^multipart\/form-data/)
  expect(asked).toContain('POST /api/files')
})

test('a call that is not covered fails loudly, by its name', async () => {
  await open()
  await page.locator('wx-button.broken').click()
  await sees('wx.chooseInvoice is not covered by the preview')
})

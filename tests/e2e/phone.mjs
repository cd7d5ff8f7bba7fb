// A resident's phone in the preview.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, expect } from 'vitest'
import { address } from './host.mjs'
import { launch } from '../../miniprogram/preview/test/browser.mjs'

/** Where screenshots go: PHOENIX_SHOTS, else nowhere. */
const shots = process.env.PHOENIX_SHOTS

/** Phone and small old phone, normal and large letters. */
export const SCREENS = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'phone-large', width: 390, height: 844, font: '23' },
  { name: 'small', width: 320, height: 568 },
  { name: 'small-large', width: 320, height: 568, font: '23' },
]

let browser

/** The phones of the test that runs. */
const opened = []

// Part of each test file that opens phones: they are closed after the test, which fails on an error in one of their pages and leaves pictures where it failed.
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') for (const [i, one] of opened.entries()) await one.shot(`failed-${i}`)
  const errors = opened.flatMap((one) => one.errors)
  for (const one of opened.splice(0)) await one.close()
  expect(errors).toEqual([])
})
afterAll(() => browser?.close())

/** Opens a phone of a new WeChat user, or of one that is given; until the end of the test. */
export async function phone({ user, screen = SCREENS[0], name = '王阿姨' } = {}) {
  browser ??= await launch()
  const context = await browser.newContext({ viewport: { width: screen.width, height: screen.height } })
  // A step that never ends is named before the test's own time is over.
  context.setDefaultTimeout(Number(process.env.PHOENIX_STEP ?? 60_000))
  const page = await context.newPage()
  const errors = []
  page.on('pageerror', (error) => errors.push(error.stack))
  const openId = user ?? (await newUser(name))
  const open = (target = 'pages/home/home', more = {}) =>
    page.goto(`${address()}/preview/phone.html?${new URLSearchParams({ user: openId, frame: 'phone', page: target, ...(screen.font && { font: screen.font }), ...more })}`)
  const one = {
    page,
    errors,
    user: openId,
    open,
    button: (text) => page.locator('wx-button:visible', { hasText: text }),
    /** Waits until this text is seen. */
    sees: (text) => page.getByText(text).filter({ visible: true }).first().waitFor(),
    /** Joins the community as a newcomer does. */
    async join(called = name) {
      await open()
      await page.getByLabel('邻居怎么叫您').fill(called)
      await page.getByRole('checkbox').filter({ hasText: '我看过了' }).click()
      await page.locator('wx-button', { hasText: '加入社区' }).click()
      await page.getByText(`${called}，您好`).waitFor()
    },
    /** The member id, as the phone's own session knows it. */
    memberId: () =>
      page.evaluate(async () => {
        const { accessToken } = wx.getStorageSync('tokens')
        return (await (await fetch('/api/v1/communities/1/membership', { headers: { Authorization: `Bearer ${accessToken}` } })).json()).memberId
      }),
    /** A call of the API by the phone's own session. */
    api: (method, path, body) =>
      page.evaluate(
        async ([way, target, sent]) => {
          const { accessToken } = wx.getStorageSync('tokens')
          const answer = await fetch(`/api/v1/communities/1${target}`, { method: way, headers: { 'content-type': 'application/json', Authorization: `Bearer ${accessToken}`, 'Idempotency-Key': crypto.randomUUID() }, body: sent && JSON.stringify(sent) })
          return answer.json()
        },
        [method, path, body],
      ),
    async shot(file) {
      if (!shots) return
      fs.mkdirSync(shots, { recursive: true })
      await page.screenshot({ path: path.join(shots, `${file}.png`) })
    },
    /** Scans this next with the camera. */
    camera: (text) => page.evaluate((code) => void (phoenixPhone.scan = async () => code), text),
    /** Opens a console as one does: 我的, 切换身份. */
    async enter(console) {
      await open('pages/me/me')
      await page.locator('.row').filter({ has: page.getByText(console, { exact: true }) }).click()
    },
    close: () => context.close(),
  }
  opened.push(one)
  return one
}

export async function newUser(name) {
  const answer = await fetch(`${address()}/simulator/client/users`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name }) })
  return (await answer.json()).openId
}

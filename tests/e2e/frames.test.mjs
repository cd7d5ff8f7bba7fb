// The newcomer's window: phones side by side, and the demo's clock.
import { expect, test } from 'vitest'
import { address } from './host.mjs'
import { hostNow } from './desk.mjs'
import { phone } from './phone.mjs'

const HOUR = 3600_000

test('two phones of two people; the clock goes on an hour, a day, and to the next month\'s first at nine', async () => {
  const { page } = await phone({ screen: { width: 1280, height: 1000 } })
  await page.goto(`${address()}/preview/`)
  await page.frameLocator('iframe').first().getByText('邻居怎么叫您').waitFor()
  await page.getByLabel('谁的手机').selectOption('李国强')
  await page.getByRole('button', { name: '打开' }).click()
  await page.frameLocator('iframe[title="李国强的手机"]').getByText('邻居怎么叫您').waitFor()

  const began = await hostNow()
  const walk = async (step) => {
    const ahead = await page.getByRole('status').textContent()
    await page.getByLabel('时间往后').last().selectOption(step)
    await page.getByRole('button', { name: '走', exact: true }).click()
    await expect.poll(() => page.getByRole('status').textContent(), { timeout: 60_000 }).not.toBe(ahead)
    return hostNow()
  }
  const afternoon = await walk('1 小时')
  expect(afternoon - began).toBeGreaterThanOrEqual(HOUR)
  const tomorrow = await walk('1 天')
  expect(tomorrow - afternoon).toBeGreaterThanOrEqual(24 * HOUR)
  expect(new Date((await walk('到下月 1 日')) + 8 * HOUR).toISOString()).toMatch(/^2026-12-01T09:0/)
})

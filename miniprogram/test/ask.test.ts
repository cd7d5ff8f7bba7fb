import { expect, test } from 'vitest'
import { choose } from '../src/components/ask'

test('a choice among many goes from sheet to sheet, six lines each at most', async () => {
  const lines = Array.from({ length: 13 }, (_, i) => `第 ${i}`)
  const shown: string[][] = []
  /** Taps 更多 until the line is there. */
  const tap = (line: string) => {
    const showActionSheet = async ({ itemList }: { itemList: string[] }) => {
      shown.push(itemList)
      return { tapIndex: itemList.includes(line) ? itemList.indexOf(line) : itemList.indexOf('更多') }
    }
    Object.assign(globalThis, { wx: { showActionSheet } })
    return choose(lines)
  }
  for (const [i, line] of lines.entries()) expect(await tap(line)).toBe(i)
  expect(shown.every((sheet) => sheet.length <= 6)).toBe(true)
  Object.assign(globalThis, { wx: { showActionSheet: () => Promise.reject(new Error('cancel')) } })
  expect(await choose(lines)).toBeUndefined()
})

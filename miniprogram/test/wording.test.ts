import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const source = path.join(__dirname, '..', 'src')
const files = fs.readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((f) => /\.(wxml|ts|json)$/.test(f) && !f.endsWith('.d.ts'))

/** Words that a resident's screen never shows (product.md): no money, no bank talk, no jargon. */
const BANNED = /[¥￥元]|余额|积分商城|提现|充值|转账|钱包|人民币|现金|支付|购买|核销|失败|非法|token|错误码/i

test('residents read no money and no jargon', () => {
  const found = files.flatMap((file) =>
    fs.readFileSync(path.join(source, file), 'utf8').split('\n').flatMap((line, i) => {
      const chinese = (line.match(/[^'"`<>{}]*\p{Script=Han}[^'"`<>{}]*/gu) ?? []).join(' ')
      return !/^\s*(\/\/|\*|\/\*)/.test(line) && BANNED.test(chinese) ? [`${file}:${i + 1} ${line.trim()}`] : []
    }),
  )
  expect(files.length).toBeGreaterThan(20)
  expect(found).toEqual([])
  expect(BANNED.test('余额 25 元')).toBe(true)
})

test('the main package stays under 1.5 MB', () => {
  const bytes = fs.readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((f) => !f.endsWith('.d.ts')).map((f) => fs.statSync(path.join(source, f))).filter((s) => s.isFile()).reduce((sum, s) => sum + s.size, 0)
  expect(bytes).toBeLessThan(1.5 * 1024 * 1024)
})

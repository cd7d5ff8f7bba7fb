import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { faults } from './looks.mjs'
import { phone, SCREENS } from './phone.mjs'

const app = JSON.parse(fs.readFileSync(path.resolve(import.meta.dirname, '../../miniprogram/src/app.json'), 'utf8'))

/** Every page that a resident reaches: the main package and that of the less used ones. Consoles are looked at with their roles. */
const pages = [...app.pages, ...app.subPackages.filter((p) => p.root === 'packages/volunteer').flatMap((p) => p.pages.map((page) => `${p.root}/${page}`))]

describe.each(SCREENS)('on $name', (screen) => {
  test('every page: nothing cut, too small, too pale or too wide', async () => {
    const resident = await phone({ screen, name: `王${screen.name}` })
    const problems = {}
    const look = async (name) => {
      await resident.page.waitForFunction(() => [...document.querySelectorAll('.mp-page')].some((b) => b.style.display !== 'none' && b.textContent.trim() && !b.querySelector('.skeleton')))
      const found = await faults(resident.page, Boolean(screen.font))
      if (found.length > 0) problems[name] = found
      await resident.shot(`${screen.name}-${name}`)
    }
    await resident.open()
    await resident.sees('邻居怎么叫您')
    await look('welcome')
    await resident.join('王阿姨')
    const ids = await resident.page.evaluate(async () => {
      const read = async (p) => (await (await fetch(`/api/v1/communities/1/${p}`)).json()).items[0].id
      return { activity: await read('activities'), document: await read('documents') }
    })
    for (const target of pages) {
      const name = target.split('/').at(-1)
      if (name === 'welcome') continue
      await resident.open(ids[name] ? `${target}?id=${ids[name]}` : target)
      await look(name)
    }
    expect(resident.errors).toEqual([])
    expect(problems).toEqual({})
    await resident.close()
  })
})

test('the measures find what is wrong', async () => {
  const resident = await phone({ name: '检查' })
  await resident.join()
  await resident.page.evaluate(() => {
    const box = document.querySelector('.mp-page .page')
    box.insertAdjacentHTML('beforeend', '<div style="color:#ccc">太浅的字</div><div style="width:2000px">太宽</div><div role="link" style="height:10px">太小</div><div style="font-size:8px">小字</div><div style="overflow:hidden;width:20px;white-space:nowrap">被切掉的一行字</div>')
  })
  const found = (await faults(resident.page, false)).join('\n')
  for (const what of ['contrast', 'too wide', '10 px high', '8 px letters', 'cut']) expect(found).toContain(what)
  await resident.close()
})

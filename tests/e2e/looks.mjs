// What an elder needs of a screen (MIIT elder norm, tokens.md), measured where it is drawn.

/** Everything that is wrong with what is on the screen now: text that is cut or hidden, low contrast, small targets, small letters, a page that is too wide. */
export const faults = (page, isLarge) =>
  page.evaluate((large) => {
    const found = []
    const box = [...document.querySelectorAll('.mp-page')].find((b) => b.style.display !== 'none')
    const name = (e) => `"${(e.textContent ?? '').trim().slice(0, 20)}" (${e.tagName.toLowerCase()}.${e.className})`
    if (box.scrollWidth > box.clientWidth) found.push(`the page is ${box.scrollWidth - box.clientWidth} px too wide`)
    if (box.textContent.trim().length === 0) found.push('the page is empty')

    const rgb = (text) => (text.match(/[\d.]+/g) ?? []).map(Number)
    const light = (c) => {
      const [r, g, b] = c.slice(0, 3).map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const ground = (e) => {
      for (let one = e; one; one = one.parentElement) {
        const colour = rgb(getComputedStyle(one).backgroundColor)
        if (colour.length === 3 || colour[3] === 1) return colour
      }
      return [255, 255, 255]
    }
    const seen = (e) => e.checkVisibility() && e.getClientRects().length > 0
    for (const e of box.querySelectorAll('*')) {
      const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())
      if (!own || !seen(e)) continue
      const style = getComputedStyle(e)
      const [a, b] = [light(rgb(style.color)), light(ground(e))].sort((x, y) => y - x)
      const contrast = (a + 0.05) / (b + 0.05)
      if (contrast < 4.5) found.push(`contrast ${contrast.toFixed(2)} of ${name(e)}`)
      const size = parseFloat(style.fontSize)
      if (size < (large ? 18 : 11)) found.push(`${size} px letters of ${name(e)}`)
      if (parseFloat(style.lineHeight) / size < (large ? 1.3 : 1) && e.textContent.trim().length > 8) found.push(`line spacing ${(parseFloat(style.lineHeight) / size).toFixed(2)} of ${name(e)}`)
      const rect = e.getBoundingClientRect()
      const scrolls = e.closest('.chips')
      if (!scrolls && (rect.right > innerWidth + 1 || rect.left < -1)) found.push(`beyond the edge: ${name(e)}`)
      if (style.overflow === 'hidden' && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)) found.push(`cut: ${name(e)}`)
    }
    const least = large ? 60 : 320 === innerWidth ? 37 : 44
    for (const e of box.querySelectorAll('wx-button, [role=link], [role=checkbox], [role=radio], [role=switch], [role=tab]')) {
      if (!seen(e)) continue
      const rect = e.getBoundingClientRect()
      if (rect.height < least - 1) found.push(`${Math.round(rect.height)} px high: ${name(e)}`)
    }
    return found
  }, isLarge)

/** Waits until the page that is shown has loaded; then everything that is wrong with it, and that it is itself and no problem. */
export async function looked(page, isLarge) {
  await page.waitForFunction(() => [...document.querySelectorAll('.mp-page')].some((b) => b.style.display !== 'none' && b.textContent.trim() && !b.querySelector('.skeleton')))
  const problem = await page.evaluate(() => [...document.querySelectorAll('.mp-page')].find((b) => b.style.display !== 'none').querySelector('[role=alert]')?.textContent)
  return [...(problem ? [`not the page itself: ${problem}`] : []), ...(await faults(page, isLarge))]
}

/** Opens pages one after another on a screen; what is wrong with each is noted under its name, and a picture is kept. `then` brings the page to what is to be seen. */
export const looker = (screen, problems) => async (one, name, target, then = async () => {}) => {
  await one.open(target)
  await then()
  const found = await looked(one.page, Boolean(screen.font))
  if (found.length > 0) problems[name] = found
  await one.shot(`${screen.name}-${name}`)
}

// The icons of t-icon as CSS masks: in the mini program they are a font on another server.
import fs from 'node:fs'
import path from 'node:path'

const ICON = 'miniprogram_npm/tdesign-miniprogram/icon/icon'

/** Rules for every icon that the styles name; empty when t-icon isn't used. */
export function drawIcons(project, css, folder) {
  const scope = project.components.get(ICON)?.scope
  if (scope === undefined) return ''
  const rules = [`.${scope}--t-icon-base::before{content:""!important;display:block;width:1em;height:1em;background:currentColor;-webkit-mask-size:100% 100%;-webkit-mask-repeat:no-repeat}`]
  for (const name of new Set([...css.matchAll(/--t-icon-([a-z0-9-]+):?:before/g)].map((m) => m[1]))) {
    const file = path.join(folder, `${name}.svg`)
    if (!fs.existsSync(file)) continue
    const svg = fs.readFileSync(file, 'utf8').replace(/<svg (?![^>]*viewBox)/, '<svg viewBox="0 0 24 24" ')
    rules.push(`.${scope}--t-icon-${name}::before{-webkit-mask-image:url("data:image/svg+xml,${encodeURIComponent(svg.replace(/\s+/g, ' '))}")}`)
  }
  return rules.join('\n')
}

// WXSS to CSS: rpx, class scopes of isolated components, :host, page.
import postcss from 'postcss'
import selectors from 'postcss-selector-parser'
import { rpx } from '../runtime/rpx.js'
import { NATIVE } from './native.mjs'
import { Project } from './project.mjs'

/** Compiles all styles; gives each isolated component its scope. */
export function compileStyles(project) {
  let next = 0
  const parts = []
  for (const component of project.components.values()) {
    const isolation = component.json.styleIsolation ?? (component.isPage ? 'shared' : 'isolated')
    component.scope = isolation === 'shared' || isolation === 'page-shared' ? '' : `s${next++}`
    if (!component.isPage) parts.push(css(project, component.path, { scope: component.scope }))
  }
  parts.push(css(project, 'app', {}))
  for (const component of project.components.values()) if (component.isPage) parts.push(css(project, component.path, { page: component.path }))
  // TDesign's icon font lies on another server; compile/icons.mjs draws the icons.
  return parts.join('\n').replace(/@font-face\s*\{\s*font-family:\s*t;[^}]*\}/g, '')
}

function css(project, file, { scope, page }) {
  const source = inline(project, `${file}.wxss`, new Set())
  if (!source.trim()) return ''
  const root = postcss.parse(source, { from: `${file}.wxss` })
  root.walkRules((rule) => {
    if (rule.parent.type === 'atrule' && /keyframes/.test(rule.parent.name)) return
    rule.selector = selectors((all) => {
      all.walkTags((tag) => {
        if (tag.value === 'page' || NATIVE.includes(tag.value)) tag.value = `wx-${tag.value}`
      })
      if (scope)
        all.walkClasses((one) => {
          one.value = `${scope}--${one.value}`
        })
      all.walkPseudos((pseudo) => {
        if (pseudo.value === ':host') pseudo.replaceWith(raw(`[wx-host="${scope}"]`))
      })
      if (page) all.each((selector) => within(selector, page))
    }).processSync(rule.selector)
  })
  return rpx(root.toString())
}

function within(selector, page) {
  if (selector.first.type === 'tag' && selector.first.value === 'wx-page') selector.insertAfter(selector.first, raw(`[data-route="${page}"]`))
  else selector.prepend(raw(`:where(wx-page[data-route="${page}"]) `))
}

/** A piece of a selector as it is. */
const raw = (value) => selectors.pseudo({ value })

function inline(project, file, seen) {
  if (seen.has(file) || !project.has(file)) return ''
  seen.add(file)
  return project.read(file).replace(/@import\s+(?:url\()?["']([^"']+)["']\)?\s*;?/g, (_, reference) => inline(project, Project.join(reference.replace(/(\.wxss)?$/, '.wxss'), file), seen))
}

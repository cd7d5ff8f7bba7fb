// WXML and WXS through glass-easel's own compiler, which is the checker too.
import { createRequire } from 'node:module'
import { ELEMENTS } from '../covered.mjs'
import { NATIVE } from './native.mjs'
import { Project } from './project.mjs'

const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler')
const OURS = /^(?!miniprogram_npm\/)/

const TAGS = NATIVE.join('|')

/**
 * Compiles every template that the components need.
 * @returns {string} JavaScript source of the template group.
 */
export function compileTemplates(project) {
  const group = new TmplGroup()
  const [templates, scripts] = [new Set(), new Set()]

  const addScript = (file) => {
    if (scripts.has(file)) return
    scripts.add(file)
    const source = project.read(file)
    group.addScript(file.replace(/\.wxs$/, ''), wxs(source))
    for (const [, reference] of source.matchAll(/require\(['"]([^'"]+)['"]\)/g)) addScript(Project.join(reference.replace(/(\.wxs)?$/, '.wxs'), file))
  }

  const addTemplate = (file) => {
    if (templates.has(file)) return
    templates.add(file)
    const source = project.read(`${file}.wxml`)
    for (const [, reference] of source.matchAll(/<(?:import|include)\s[^>]*?src\s*=\s*["']([^"']+)["']/g)) addTemplate(Project.join(reference.replace(/\.wxml$/, ''), file))
    for (const [, reference] of source.matchAll(/<wxs\s[^>]*?src\s*=\s*["']([^"']+)["']/g)) addScript(Project.join(reference, file))
    if (OURS.test(file)) for (const problem of uncovered(source)) project.problems.push({ file: `${file}.wxml`, ...problem })
    for (const found of group.addTmpl(file, prepare(source)) ?? []) {
      // A missing end tag is only a warning there; in our own files it is a mistake.
      if (found.isError || (found.level === 'Warn' && OURS.test(file)))
        project.problems.push({ file: `${file}.wxml`, line: found.startLine + 1, column: found.startColumn + 1, message: found.message })
    }
  }

  for (const component of project.components.values()) addTemplate(component.path)
  for (const file of templates) for (const name of group.getInlineScriptModuleNames(file)) group.setInlineScript(file, name, wxs(group.getInlineScript(file, name)))
  return group.getTmplGenObjectGroups()
}

// In WXS x.constructor is a string.
const wxs = (source) => source.replace(/\.wxs(?=['"]\))/g, '').replace(/\.constructor\b/g, '.constructor.name')

/** What glass-easel wants written otherwise; lengths may change, lines don't. */
function prepare(source) {
  return source
    .replace(new RegExp(`<(/?)(${TAGS})(?=[\\s/>])`, 'g'), '<$1wx-$2')
    .replace(/(\s)(capture-bind|capture-catch|mut-bind|bind|catch)([a-z]\w*)(?=\s*=)/g, '$1$2:$3')
    .replace(/(<(?:import|include)\s[^>]*?src\s*=\s*["'][^"']+?)\.wxml(["'])/g, '$1$2')
    .replace(/(<wxs\s[^>]*?src\s*=\s*["'][^"']+?)\.wxs(["'])/g, '$1$2')
}

function* uncovered(source) {
  for (const match of source.matchAll(new RegExp(`<(${TAGS})(?=[\\s/>])`, 'g')))
    if (!ELEMENTS.includes(match[1])) {
      const before = source.slice(0, match.index).split('\n')
      yield { line: before.length, column: before.at(-1).length + 1, message: `<${match[1]}> is not covered by the preview` }
    }
}

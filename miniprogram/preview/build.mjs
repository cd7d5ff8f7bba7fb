// node preview/build.mjs [SOURCE] [OUT]: the mini program as a web page. Ends with code 1 and file:line:column when something in it is wrong.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from './compile/bundle.mjs'
import { drawIcons } from './compile/icons.mjs'
import { Project } from './compile/project.mjs'
import { compileStyles } from './compile/styles.mjs'
import { compileTemplates } from './compile/templates.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const modules = path.join(here, '..', 'node_modules')
const ASSETS = /\.(svg|png|jpg|mp3)$/

/**
 * Builds a mini program for the browser.
 * @param {string} source Folder of app.json.
 * @param {string} out Folder to write; made anew.
 * @returns {Promise<{problems: string[], components: number}>} Problems as "file:line:column message"; nothing is written when there are any.
 */
export async function build(source, out) {
  const project = new Project(source, { 'tdesign-miniprogram': path.join(modules, 'tdesign-miniprogram', 'miniprogram_dist') })
  const templates = compileTemplates(project)
  const css = compileStyles(project)
  const problems = project.problems.map((p) => `${p.file}${p.line ? `:${p.line}:${p.column}` : ''} ${p.message}`)
  if (problems.length > 0) return { problems, components: project.components.size }
  fs.rmSync(out, { recursive: true, force: true })
  fs.mkdirSync(out, { recursive: true })
  await bundle(project, templates, path.join(here, 'runtime', 'boot.js'), out)
  const elements = fs.readFileSync(path.join(here, 'runtime', 'elements.css'), 'utf8')
  fs.writeFileSync(path.join(out, 'app.css'), `${elements}\n${css}\n${drawIcons(project, css, path.join(modules, 'tdesign-icons-svg', 'src'))}`)
  for (const page of ['index.html', 'phone.html', 'frames.js', 'frames.css']) fs.copyFileSync(path.join(here, 'page', page), path.join(out, page))
  fs.cpSync(source, path.join(out, 'files'), { recursive: true, filter: (file) => fs.statSync(file).isDirectory() || ASSETS.test(file) })
  return { problems, components: project.components.size }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [source = path.join(here, '..', 'src'), out = path.join(here, 'dist')] = process.argv.slice(2)
  const { problems, components } = await build(path.resolve(source), path.resolve(out))
  for (const problem of problems) console.error(problem)
  if (problems.length === 0) console.log(`Built ${components} pages and components.`)
  process.exitCode = problems.length > 0 ? 1 : 0
}

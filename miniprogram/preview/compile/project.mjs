// Reads a native mini program: its pages, and every component that they use, however deep.
import fs from 'node:fs'
import path from 'node:path'

const NPM = 'miniprogram_npm/'

/** The program's files under virtual paths as WeChat sees them ("pages/home/home", "miniprogram_npm/tdesign-miniprogram/button/button"). */
export class Project {
  /**
   * @param {string} root Folder of app.json.
   * @param {Record<string, string>} packages Folders of the npm packages that WeChat would find in miniprogram_npm.
   */
  constructor(root, packages) {
    this.root = root
    this.packages = packages
    this.app = this.json('app')
    /** @type {{file: string, line?: number, column?: number, message: string}[]} */
    this.problems = []
    /** @type {Map<string, {path: string, json: any, isPage: boolean}>} */
    this.components = new Map()
    for (const page of this.pages) this.#add(page, true)
  }

  /** Paths of all pages, subpackages included. */
  get pages() {
    return [...this.app.pages, ...(this.app.subPackages ?? []).flatMap((p) => p.pages.map((page) => path.posix.join(p.root, page)))]
  }

  /** Where a virtual path lies on the disk. */
  real(file) {
    for (const [name, folder] of Object.entries(this.packages))
      if (file.startsWith(`${NPM}${name}/`)) return path.join(folder, file.slice(NPM.length + name.length + 1))
    return path.join(this.root, file)
  }

  has(file) {
    return fs.existsSync(this.real(file))
  }

  read(file) {
    return fs.readFileSync(this.real(file), 'utf8')
  }

  json(file) {
    return JSON.parse(this.read(`${file}.json`))
  }

  /** A reference in a file, as a virtual path. */
  static join(reference, from) {
    return reference.startsWith('/') ? reference.slice(1) : path.posix.join(path.posix.dirname(from), reference)
  }

  #resolve(reference, from) {
    for (const candidate of [Project.join(reference, from), NPM + reference]) if (this.has(`${candidate}.json`)) return candidate
    this.problems.push({ file: `${from}.json`, message: `component not found: ${reference}` })
    return undefined
  }

  #add(file, isPage) {
    if (this.components.has(file)) return
    if (!this.has(`${file}.json`)) {
      this.problems.push({ file: `${file}.json`, message: 'page not found' })
      return
    }
    const json = this.json(file)
    const component = { path: file, json, isPage }
    this.components.set(file, component)
    const using = {}
    const wanted = [...Object.entries(this.app.usingComponents ?? {}).map((e) => [...e, 'app']), ...Object.entries(json.usingComponents ?? {}).map((e) => [...e, file])]
    for (const [tag, reference, from] of wanted) {
      const target = this.#resolve(reference, from)
      if (!target) continue
      using[tag] = `/${target}`
      this.#add(target, false)
    }
    for (const generic of Object.values(json.componentGenerics ?? {})) {
      const target = generic.default && this.#resolve(generic.default, file)
      if (!target) continue
      generic.default = `/${target}`
      this.#add(target, false)
    }
    json.usingComponents = using
    if (isPage) delete json.component
  }
}

// One script: the runtime, the compiled templates, and the program's own code, in the order in which the runtime loads it.
import fs from 'node:fs'
import path from 'node:path'
import esbuild from 'esbuild'

/** Bundles to <out>/app.js. */
export async function bundle(project, templates, runtime, out) {
  const script = (file) => JSON.stringify(project.real(project.has(`${file}.ts`) ? `${file}.ts` : `${file}.js`))
  const components = [...project.components.values()].reverse().map(
    (c) => `{path:${JSON.stringify(c.path)},json:${JSON.stringify(c.json)},scope:${JSON.stringify(c.scope)},isPage:${c.isPage},load:()=>require(${script(c.path)})}`,
  )
  const entry = `import { boot } from ${JSON.stringify(runtime)};
const groups = (() => { return ${templates} })();
boot({ app: ${JSON.stringify(project.app)}, groups, loadApp: () => require(${script('app')}), components: [${components.join(',\n')}] });`
  await esbuild.build({
    stdin: { contents: entry, resolveDir: path.dirname(runtime), loader: 'js' },
    bundle: true,
    outfile: path.join(out, 'app.js'),
    format: 'iife',
    target: 'es2022',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [packages(project)],
  })
}

/** What lies in miniprogram_npm, and what those packages carry with them. */
const packages = (project) => ({
  name: 'miniprogram-npm',
  setup(build) {
    build.onResolve({ filter: /^[a-z@]/ }, ({ path: name, kind }) => {
      if (kind === 'entry-point') return undefined
      for (const [own, folder] of Object.entries(project.packages)) {
        const inside = name === own || name.startsWith(`${own}/`) ? path.join(folder, name.slice(own.length)) : path.join(folder, 'miniprogram_npm', name)
        for (const candidate of [`${inside}.js`, path.join(inside, 'index.js'), inside]) if (fs.existsSync(candidate) && fs.statSync(candidate).isFile()) return { path: candidate }
      }
      return undefined
    })
  },
})

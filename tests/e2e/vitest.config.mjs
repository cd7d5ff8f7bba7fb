// One file after the other, each with a host and a browser: the machine has two cores. The packages are the mini program's.
const every = { root: import.meta.dirname, setupFiles: './host.mjs', testTimeout: 120_000, hookTimeout: 120_000 }

export default {
  root: import.meta.dirname,
  test: {
    globalSetup: './preview.mjs',
    fileParallelism: false,
    projects: [
      { test: { ...every, name: 'embedded', include: ['*.test.mjs'] } },
      // The whole main job once more on PostgreSQL and Redis, with two nodes behind a proxy.
      { test: { ...every, name: 'nodes', include: ['{story,month}.test.mjs'], env: { PHOENIX_E2E_NODES: 'yes' } } },
    ],
  },
}

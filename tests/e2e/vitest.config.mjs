// One file after the other, each with a host and a browser: the machine has two cores. The packages are the mini program's.
export default {
  root: import.meta.dirname,
  test: { include: ['**/*.test.mjs'], globalSetup: './preview.mjs', setupFiles: './host.mjs', fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 },
}

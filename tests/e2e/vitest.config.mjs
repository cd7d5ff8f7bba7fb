// One host and one browser, one test after the other: the machine has two cores. The packages are the mini program's.
export default {
  root: import.meta.dirname,
  test: { include: ['**/*.test.mjs'], globalSetup: './host.mjs', fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 },
}

// The mini program's browser preview, built once for all test files.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from '../../miniprogram/preview/build.mjs'

export default async function setup(project) {
  const preview = fs.mkdtempSync(path.join(os.tmpdir(), 'phoenix-preview-'))
  const { problems } = await build(path.resolve(import.meta.dirname, '../../miniprogram/src'), preview)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  project.provide('preview', preview)
  return () => fs.rmSync(preview, { recursive: true })
}

/**
 * The test vectors are what their generators make now, byte for byte.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles, ROOT } from '../project.ts'
import { isOfTopics, VECTORS, vectorFiles } from '../vectors/files.ts'
import type { Check } from './check.ts'

const WHAT_TO_DO = 'Run: node tools/write-vectors.ts'

export const vectors: Check = {
  name: 'vectors',
  run: () => {
    const files = vectorFiles()
    const changed = [...files].filter(([path, bytes]) => !holds(path, bytes)).map(([path]) => path)
    const left = listFiles(VECTORS).filter((path) => isOfTopics(path) && !files.has(path))
    return [
      ...changed.map((path) => `${path} is not what its generator makes. ${WHAT_TO_DO}`),
      ...left.map((path) => `${path} is made by no generator. ${WHAT_TO_DO}`),
    ]
  },
}

function holds(path: string, bytes: Uint8Array): boolean {
  const file = join(ROOT, path)
  return existsSync(file) && readFileSync(file).equals(bytes)
}

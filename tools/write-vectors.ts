/**
 * Writes `test/vectors`: every topic's file, the files that its cases name, and the README. Removes what no topic makes
 * any more.
 *
 * @module
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listFiles, ROOT } from './project.ts'
import { isOfTopics, VECTORS, vectorFiles } from './vectors/files.ts'

const files = vectorFiles()
for (const path of listFiles(VECTORS)) if (isOfTopics(path) && !files.has(path)) rmSync(join(ROOT, path))
for (const [path, bytes] of files) {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true })
  writeFileSync(join(ROOT, path), bytes)
}
console.log(`wrote ${files.size} files to ${VECTORS}`)

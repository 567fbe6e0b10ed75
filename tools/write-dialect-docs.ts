/**
 * Writes the tables of `docs/spec/dialects/`: those in the pages, and the files.
 *
 * @module
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DIALECT_FILES, DIALECT_PAGES } from './dialect-docs.ts'
import { ROOT, readText } from './project.ts'

for (const { path, text } of DIALECT_FILES) writeFileSync(join(ROOT, path), text)
for (const { path, make } of DIALECT_PAGES) {
  if (!existsSync(join(ROOT, path))) throw new Error(`${path}: write the page first, with marks for its tables`)
  writeFileSync(join(ROOT, path), make(readText(path)))
}
console.log(`wrote ${DIALECT_FILES.length} files, and the tables of as many pages`)

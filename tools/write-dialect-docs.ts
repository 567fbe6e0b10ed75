/**
 * Writes the tables of `docs/spec/dialects.md`.
 *
 * @module
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DIALECT_DOCS, withDialectTables } from './dialect-docs.ts'
import { ROOT, readText } from './project.ts'

writeFileSync(join(ROOT, DIALECT_DOCS), withDialectTables(readText(DIALECT_DOCS)))
console.log(`wrote the tables of ${DIALECT_DOCS}`)

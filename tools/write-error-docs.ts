/**
 * Writes `docs/guide/errors.md`.
 *
 * @module
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ERROR_DOCS, formatErrorDocs } from './error-docs.ts'
import { ROOT } from './project.ts'

writeFileSync(join(ROOT, ERROR_DOCS), formatErrorDocs())
console.log(`wrote ${ERROR_DOCS}`)

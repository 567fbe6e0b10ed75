/**
 * `docs/guide/errors.md` is what the registry of codes makes of it.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ERROR_DOCS, formatErrorDocs } from '../error-docs.ts'
import { ROOT, readText } from '../project.ts'
import type { Check } from './check.ts'

export const errorDocs: Check = {
  name: 'error docs',
  run: () => {
    const current = existsSync(join(ROOT, ERROR_DOCS)) && readText(ERROR_DOCS) === formatErrorDocs()
    return current ? [] : [`${ERROR_DOCS} is out of date. Run: node tools/write-error-docs.ts`]
  },
}

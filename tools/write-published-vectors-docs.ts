/**
 * Writes the page of published vectors.
 *
 * @module
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './project.ts'
import { formatPublishedVectorsDocs, PUBLISHED_VECTORS_DOCS } from './published-vectors-docs.ts'

writeFileSync(join(ROOT, PUBLISHED_VECTORS_DOCS), formatPublishedVectorsDocs())
console.log(`wrote ${PUBLISHED_VECTORS_DOCS}`)

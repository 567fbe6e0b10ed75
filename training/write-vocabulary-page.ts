/**
 * Brings the list of what the model knows in the guide up to date: `node training/write-vocabulary-page.ts`.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { updatePage, VOCABULARY_PAGE } from './vocabulary-page.ts'

const path = join(import.meta.dirname, '..', VOCABULARY_PAGE)
writeFileSync(path, updatePage(readFileSync(path, 'utf8')))
console.log(`wrote ${VOCABULARY_PAGE}`)

/**
 * Every error code is raised somewhere, and provoked: by a row of the catalogue, by a vector, or by a test that names it.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ERROR_CODES } from '../../src/core/errors.ts'
import { CATALOGUE } from './catalogue.ts'
import { BAD_REQUESTS } from './requests.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const CODES = Object.keys(ERROR_CODES)

/** Codes that stand in files as text: whole, or as the last word of one. */
function codesIn(patterns: readonly string[], exclude: (path: string) => boolean): ReadonlySet<string> {
  const text = globSync(patterns, { cwd: ROOT, exclude })
    .map((path) => readFileSync(join(ROOT, path), 'utf8'))
    .join('\n')
  return new Set(CODES.filter((code) => new RegExp(`['" ]${code}['"]`).test(text)))
}

test('every code is provoked', () => {
  const named = codesIn(
    ['src/**/*.test.ts', 'test/**/*.test.ts', 'test/log/fault-table.ts', 'test/vectors/*.json'],
    () => false,
  )
  const catalogued = new Set<string>([...CATALOGUE, ...BAD_REQUESTS].map(({ code }) => code))
  expect(CODES.filter((code) => !named.has(code) && !catalogued.has(code))).toEqual([])
})

test('every code is raised', () => {
  const raised = codesIn(['src/**/*.ts'], (path) => path.endsWith('.test.ts') || path.endsWith('error-codes.ts'))
  expect(CODES.filter((code) => !raised.has(code))).toEqual([])
})

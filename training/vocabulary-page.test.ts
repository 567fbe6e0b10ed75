/**
 * The guide lists what the model was trained on.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { updatePage, VOCABULARY_PAGE } from './vocabulary-page.ts'

const page = readFileSync(new URL(`../${VOCABULARY_PAGE}`, import.meta.url), 'utf8')

test('the page is current; if not, run: node training/write-vocabulary-page.ts', () => {
  expect(updatePage(page)).toBe(page)
})

test('a page with another list is brought up to date, one without marks is refused', () => {
  const other = page.replace('| Marlow, ', '| Elsewhere, ')
  expect(other).not.toBe(page)
  expect(updatePage(other)).toBe(page)
  expect(() => updatePage('# Nothing')).toThrow('marks')
})

import { expect, test } from 'vitest'
import { resolveRelative, specifiersIn } from './module-imports.ts'

test('finds every form of import, and none in comments', () => {
  const source = `
/**
 * import { a } from 'comment'
 */
import { b } from 'one'
import type {
  C,
} from './two.ts'
import 'three'
export * from './four.ts'
export const five = await import('node:five')
const from = 'six'
`
  expect(specifiersIn(source).sort()).toEqual(['./four.ts', './two.ts', 'node:five', 'one', 'three'])
})

test('relative imports resolve against the importing file', () => {
  expect(resolveRelative({ from: 'src/core/a/b.ts', specifier: '../errors.ts' })).toBe('src/core/errors.ts')
  expect(resolveRelative({ from: 'src/core/b.ts', specifier: './c.ts' })).toBe('src/core/c.ts')
})

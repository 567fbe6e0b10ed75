import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AskedQuery, formatAskedQuery, queryOf, readAskedQuery } from './index.ts'

const hex = fc.constantFrom('ab'.repeat(32), '01'.repeat(32))
const text = fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined })
const asked: fc.Arbitrary<AskedQuery> = fc.record({
  sha256: fc.array(hex, { maxLength: 3 }),
  role: text,
  tool: text,
  model: text,
  output: fc.array(hex, { maxLength: 3 }),
  limit: fc.integer({ min: 1, max: 1_000 }),
})

test('what is asked for comes through an address as it was', () => {
  fc.assert(
    fc.property(asked, (one) => {
      expect(readAskedQuery(new URLSearchParams(formatAskedQuery(one)))).toEqual(one)
    }),
  )
})

test('a model is looked for by the digest of its name, in its role alone', () => {
  const { parts } = queryOf(readAskedQuery(new URLSearchParams('model=abc')))
  // FIPS 180-2, appendix B.1
  const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  expect(parts).toEqual([{ digests: [digest], role: 'model' }])
})

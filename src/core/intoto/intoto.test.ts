import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ColophonError } from '../errors.ts'
import { canonicalize } from '../json/index.ts'
import { formatStatement, MAX_SUBJECTS, parseStatement } from './index.ts'

const predicateType = 'https://example.com/run/v1'
const sha256 = 'ab'.repeat(32)
const subjects = [
  { name: 'output', sha256 },
  { name: 'run', sha256: 'cd'.repeat(32) },
]
const predicate = { steps: [1, 2], __proto__x: null, text: 'é' }
const payload = formatStatement({ predicateType, subjects, predicate })
const text = Buffer.from(payload).toString()
const document = () => JSON.parse(text)
const parse = (value: Parameters<typeof canonicalize>[0]) => parseStatement(canonicalize(value), { predicateType })

describe('parseStatement', () => {
  test('gives back what formatStatement was given', () => {
    const statement = parseStatement(payload, { predicateType })
    expect(statement.subjects).toEqual(subjects)
    expect(canonicalize(statement.predicate)).toEqual(canonicalize(predicate))
    expect(formatStatement({ predicateType, ...statement })).toEqual(payload)
    expect(text.startsWith('{"_type":"https://in-toto.io/Statement/v1","predicate":{')).toBe(true)
  })

  const [first] = document().subject
  test.each([
    ['another type', { ...document(), _type: 'https://in-toto.io/Statement/v0.1' }],
    ['another predicate type', { ...document(), predicateType: 'https://example.com/run/v2' }],
    ['an unknown member', { ...document(), more: 1 }],
    ['no subject', { ...document(), subject: [] }],
    ['too many subjects', { ...document(), subject: Array(MAX_SUBJECTS + 1).fill(first) }],
    ['the same name twice', { ...document(), subject: [first, first] }],
    ['a subject without a name', { ...document(), subject: [{ digest: { sha256 } }] }],
    ['an empty name', { ...document(), subject: [{ name: '', digest: { sha256 } }] }],
    ['no digest', { ...document(), subject: [{ name: 'a', digest: {} }] }],
    ['a second digest', { ...document(), subject: [{ name: 'a', digest: { sha256, sha512: '00' } }] }],
    ['an uppercase digest', { ...document(), subject: [{ name: 'a', digest: { sha256: sha256.toUpperCase() } }] }],
    ['a short digest', { ...document(), subject: [{ name: 'a', digest: { sha256: 'ab' } }] }],
    ['an annotated subject', { ...document(), subject: [{ ...first, uri: 'a' }] }],
    ['an array for the predicate', { ...document(), predicate: [] }],
    ['null', null],
  ])('refuses: %s', (_, value) => {
    expect(() => parse(value)).toThrowCode('STATEMENT_MALFORMED')
  })

  test.each([
    ['a space', text.replace(':', ': ')],
    ['two members of one name', text.replace('{"_type"', '{"_type":"https://in-toto.io/Statement/v1","_type"')],
    ['another order', JSON.stringify({ subject: document().subject, ...document() })],
    ['a byte order mark', `\ufeff${text}`],
    ['more behind it', `${text} `],
    ['nothing', ''],
  ])('refuses JSON that is not canonical: %s', (_, bytes) => {
    expect(() => parseStatement(Buffer.from(bytes), { predicateType })).toThrowCode('STATEMENT_MALFORMED')
  })

  test('any changed byte either formats back to itself or throws a ColophonError', () => {
    fc.assert(
      fc.property(fc.nat(payload.length - 1), fc.nat(255), (at, byte) => {
        const mutant = payload.with(at, byte)
        try {
          expect(formatStatement({ predicateType, ...parseStatement(mutant, { predicateType }) })).toEqual(mutant)
        } catch (error) {
          if (!ColophonError.is(error)) throw error
        }
      }),
      { numRuns: 1000 },
    )
  })
})

test('formatStatement refuses what parseStatement would not give', () => {
  for (const bad of [
    [],
    Array.from({ length: MAX_SUBJECTS + 1 }, (_, number) => ({ name: `${number}`, sha256 })),
    [subjects[0], subjects[0]],
    [{ name: '', sha256 }],
    [{ name: 'a'.repeat(1025), sha256 }],
    [{ name: 'a', sha256: 'AB'.repeat(32) }],
  ]) {
    expect(() => formatStatement({ predicateType, predicate, subjects: bad as typeof subjects })).toThrow(RangeError)
  }
  const huge = { text: 'x'.repeat(1024 * 1024) }
  expect(() => formatStatement({ predicateType, subjects, predicate: huge })).toThrowCode('JSON_TOO_LARGE')
})

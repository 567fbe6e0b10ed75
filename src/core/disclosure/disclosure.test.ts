import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readSpoiled } from '../../../test/support/spoiled-json.ts'
import { decodeUtf8, encodeUtf8 } from '../bytes/index.ts'
import { resolveDeclaration } from '../declaration/index.ts'
import { ColophonError } from '../errors.ts'
import { canonicalize, parseJson } from '../json/index.ts'
import { type DisclosedLeaf, type Disclosure, formatDisclosure, parseDisclosure } from './index.ts'

const RUN_ID = '44'.repeat(32)

const anyLeaf: fc.Arbitrary<DisclosedLeaf> = fc.oneof(
  fc.record({
    state: fc.constant('open' as const),
    kind: fc.constantFrom('method' as const, 'structure' as const, 'value' as const, 'opaque' as const),
    role: fc.constantFrom('', 'input'),
    pointer: fc.constantFrom('', '/messages/0/content', '/\u{1f600}'),
    offset: fc.maxSafeNat(),
    bytes: fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.string({ unit: 'grapheme' }).map(encodeUtf8)),
    salt: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  }),
  fc.record({
    state: fc.constant('closed' as const),
    kind: fc.constant('value' as const),
    role: fc.constant('input'),
    pointer: fc.constant('/a'),
    offset: fc.maxSafeNat(),
    length: fc.maxSafeNat(),
    hash: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  }),
)

const file = {
  name: 't',
  privacy: 'private',
  blind: '5a'.repeat(32),
  policy: 'strict',
  parameters: { fixed: { stop: '\ufeffé', n: 1 } },
}
const absent = ['model', 'instructions', 'tools', 'context', 'history', 'input', 'outputFormat'].map((role) => [
  role,
  'any',
])
const source = resolveDeclaration(
  parseJson(canonicalize({ ...file, ...Object.fromEntries(absent) })),
  () => new Uint8Array(0),
)
const DECLARATION = { document: source.declaration, contents: source.contents }

const LEAF: DisclosedLeaf = {
  state: 'open',
  kind: 'value',
  role: 'input',
  pointer: '/a',
  offset: 1,
  bytes: encodeUtf8('"é"'),
  salt: new Uint8Array(16).fill(9),
}
const WHOLE: Disclosure = {
  runId: RUN_ID,
  declaration: DECLARATION,
  request: [LEAF, { ...LEAF, bytes: Uint8Array.of(0xff) }],
  response: [{ state: 'closed', kind: 'event', role: '', pointer: '', offset: 0, length: 1, hash: new Uint8Array(32) }],
}

describe('the disclosure file', () => {
  test('parse gives back what format was given, whatever the bytes', () => {
    const any = fc.record(
      {
        runId: fc.constant(RUN_ID),
        request: fc.array(anyLeaf),
        response: fc.array(anyLeaf),
        declaration: fc.constant(DECLARATION),
      },
      { requiredKeys: ['runId'] },
    )
    fc.assert(
      fc.property(any, (disclosure) => {
        expect(parseDisclosure(formatDisclosure(disclosure))).toEqual(disclosure)
      }),
    )
  })

  test('shows text as text, and of a closed leaf neither salt nor bytes', () => {
    const text = decodeUtf8(formatDisclosure(WHOLE))
    expect(text).toContain('"text": "\\"é\\""')
    const { response } = JSON.parse(text)
    expect(Object.keys(response[0])).toEqual(['kind', 'role', 'pointer', 'offset', 'length', 'hash'])
  })

  test('every spoiled place is a coded error, or another disclosure', () => {
    const { uncoded, accepted } = readSpoiled({
      document: JSON.parse(decodeUtf8(formatDisclosure(WHOLE))),
      read: (document) => expect(parseDisclosure(encodeUtf8(JSON.stringify(document)))).not.toEqual(WHOLE),
      isCoded: (error) => ColophonError.is(error, 'DISCLOSURE_MALFORMED'),
    })
    expect(uncoded).toEqual([])
    const lost = accepted.filter((how) => how.endsWith('left out'))
    expect(
      lost.filter((how) => !/^\/(declaration|request|response)( |\/\d|\/contents\/\d|\/document\/roles)/.test(how)),
    ).toEqual([])
  })

  test.each([
    ['two forms of the bytes', { salt: '09'.repeat(16), text: 'a', base64: 'YQ==' }],
    ['open and closed at once', { salt: '09'.repeat(16), text: 'a', hash: '00'.repeat(32), length: 1 }],
    ['a short salt', { salt: '09'.repeat(15), text: 'a' }],
    ['neither', {}],
  ])('refused: %s', (_, leaf) => {
    const document = {
      format: 'colophon/disclosure/v1',
      runId: RUN_ID,
      request: [{ kind: 'value', role: '', pointer: '', offset: 0, ...leaf }],
    }
    expect(() => parseDisclosure(encodeUtf8(JSON.stringify(document)))).toThrowCode('DISCLOSURE_MALFORMED')
  })

  test('refused: another version, another format', () => {
    for (const text of [`{"format":"colophon/disclosure/v2","runId":"${RUN_ID}"}`, '[]', '', '{"a":1,"a":1}']) {
      expect(() => parseDisclosure(encodeUtf8(text))).toThrowCode('DISCLOSURE_MALFORMED')
    }
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ColophonError } from '../errors.ts'
import { decodeBase64, encodeBase64, encodeBase64Url } from './index.ts'

const bytes = fc.uint8Array({ maxLength: 40 })

const FORMS = [
  { name: 'base64', encode: encodeBase64, node: 'base64' },
  { name: 'base64url', encode: encodeBase64Url, node: 'base64url' },
] as const

/** The decoded bytes, or undefined where the text is refused with the one code that there is. */
function decoded(text: string): Uint8Array | undefined {
  try {
    return decodeBase64(text)
  } catch (error) {
    if (ColophonError.is(error, 'BASE64_MALFORMED')) return undefined
    throw error
  }
}

describe.each(FORMS)('$name', ({ encode, node }) => {
  test('RFC 4648 section 10', () => {
    const texts = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => encode(Buffer.from(text)))
    const padded = ['', 'Zg==', 'Zm8=', 'Zm9v', 'Zm9vYg==', 'Zm9vYmE=', 'Zm9vYmFy']
    expect(texts).toEqual(node === 'base64' ? padded : padded.map((text) => text.replaceAll('=', '')))
  })

  test('the text is that of Node', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(encode(value)).toBe(Buffer.from(value).toString(node))
      }),
    )
  })
})

describe('decodeBase64', () => {
  test('round trip', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(decodeBase64(encodeBase64(value))).toEqual(value)
      }),
    )
    const long = new Uint8Array(100_001).map((_, i) => i * 7)
    expect(decodeBase64(encodeBase64(long))).toEqual(long)
  })

  test('every changed, added or removed character is refused or decodes to other bytes', () => {
    const characters = [...'AQgwZ+/-_=\n \t*.~', '\u0000', '\u00c1', '\u0141', '\uff21', '\ud83d']
    for (const value of [[], [0], [255, 254], [1, 2, 3], [250, 0, 7, 9, 200]].map((all) => Uint8Array.from(all))) {
      const text = encodeBase64(value)
      for (let at = 0; at <= text.length; at++) {
        const mutants = characters.flatMap((character) => [
          text.slice(0, at) + character + text.slice(at),
          text.slice(0, at) + character + text.slice(at + 1),
        ])
        for (const mutant of [...mutants, text.slice(0, at) + text.slice(at + 1)]) {
          const other = decoded(mutant)
          if (mutant === text || other === undefined) continue
          expect([mutant, other]).not.toEqual([mutant, value])
          expect(encodeBase64(other)).toBe(mutant)
        }
      }
    }
  })

  test('whatever is accepted encodes back to the same text', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'AQgw/+-_=Zz09 '), maxLength: 12 })
    fc.assert(
      fc.property(letters, (text) => {
        const value = decoded(text)
        if (value !== undefined) expect(encodeBase64(value)).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  test('another size than the one that was asked for', () => {
    const text = encodeBase64(new Uint8Array(32))
    expect(decodeBase64(text, { sizeBytes: 32 })).toHaveLength(32)
    for (const sizeBytes of [0, 31, 33]) expect(() => decodeBase64(text, { sizeBytes })).toThrowCode('BASE64_MALFORMED')
    expect(() => decodeBase64('!', { at: '/sig' })).toThrow(expect.objectContaining({ at: '/sig' }))
  })

  test.each([
    'Zg',
    'Zg=',
    'Zg===',
    'Zg==Zg==',
    'Zh==',
    'Zm9=',
    'Zm9v\n',
    ' Zm9v',
    'Zm-_',
    '=',
    '====',
    'Z===',
    'Zm9vY',
  ])('refuses %j', (text) => {
    expect(() => decodeBase64(text)).toThrowCode('BASE64_MALFORMED')
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyJson, plainValue } from '../../../test/support/any-json.ts'
import { ColophonError } from '../errors.ts'
import { canonicalize, canonicalText, JsonNumber, parseCanonicalJson, parseJson } from './index.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const own = (text: string): string => canonicalText(parseJson(utf8(text)) as object)

describe('canonicalText', () => {
  test('the example of RFC 8785 section 3.2.2, its number apart, which we do not round', () => {
    const example =
      '{ "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],' +
      ' "string": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false] }'
    const canonical = (number: string) =>
      `{"literals":[null,true,false],"numbers":[${number},1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}`
    expect(own(example)).toBe(canonical('33333333333333329e-8'))
    expect(canonicalText(plainValue(parseJson(utf8(example))) as object)).toBe(canonical('333333333.3333333'))
  })

  test('keys are in the order of UTF-16, not of code points: section 3.2.3, B5', () => {
    expect(own('{"\\ufb33":1,"\\ud83d\\ude00":2}')).toBe('{"😀":2,"\ufb33":1}')
    const sorted = ['\r', '1', '\u0080', 'ö', '€', '😀', '\ufb33']
    const value = new Map(sorted.toReversed().map((key) => [key, 0]))
    expect([...(parseJson(canonicalize(value)) as Map<string, unknown>).keys()]).toEqual(sorted)
  })

  test('nothing is normalized: B4', () => {
    expect(canonicalText('é')).not.toBe(canonicalText('e\u0301'))
    expect(own('{"e\u0301":1,"é":2}')).toBe('{"e\u0301":1,"é":2}')
  })

  test('numbers given as doubles', () => {
    const values = [0, -0, 1, -1, 1e21, 1e20, 1e-6, 1e-7, 5e-324, 1.7976931348623157e308, 0.1 + 0.2, 2 ** 53 + 2]
    expect(canonicalText(values)).toBe(
      '[0,0,1,-1,1e+21,100000000000000000000,0.000001,1e-7,5e-324,1.7976931348623157e+308,0.30000000000000004,9007199254740994]',
    )
  })

  test.each([
    ['NaN', Number.NaN],
    ['Infinity', [Number.NEGATIVE_INFINITY]],
    ['undefined', { a: undefined }],
    ['a hole', new Array(1)],
    ['a function', { a: () => 1 }],
    ['a symbol', [Symbol('a')]],
    ['a bigint', [1n]],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array(1)],
    ['a set', new Set([1])],
    ['a boxed string', Object('a')],
    ['an instance of a class', new (class Thing {})()],
    ['a Map with a key that is no text', new Map([[1, 2]])],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalize(value as object)).toThrow(TypeError)
  })

  test.each(['\ud800', '\udc00\ud800', ['a\udfff'], { '\ud800': 1 }, new Map([['\udc00', 1]])])(
    'refuses half of a surrogate pair: %j',
    (value) => {
      expect(() => canonicalize(value as object)).toThrowCode('JSON_LONE_SURROGATE')
    },
  )

  test('members whose names mean something in JavaScript are data: B6', () => {
    const text = '{"__proto__":{"a":1},"constructor":2,"hasOwnProperty":4,"toJSON":3,"toString":5}'
    expect(own(text)).toBe(text)
    expect(canonicalText(JSON.parse(text))).toBe(text)
    expect(canonicalText(JSON.parse(text.replace('"a":1', '"a":2')))).not.toBe(text)
    expect(canonicalText(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}')
    expect(({} as { a?: unknown }).a).toBeUndefined()
  })

  test('a member is read once, so that a getter cannot answer twice', () => {
    let reads = 0
    const value = {
      get a() {
        reads += 1
        return reads === 1 ? 'first' : 'second'
      },
    }
    expect([canonicalText(value), reads]).toEqual(['{"a":"first"}', 1])
  })

  test('what contains itself is too deep', () => {
    const value: unknown[] = []
    value.push(value)
    expect(() => canonicalize(value)).toThrowCode('JSON_TOO_DEEP')
    expect(() => canonicalize([[1]], { maxDepth: 1 })).toThrowCode('JSON_TOO_DEEP')
    expect(canonicalText([1], { maxDepth: 1 })).toBe('[1]')
  })

  test('random values: one text per value, whatever the spelling', () => {
    fc.assert(
      fc.property(anyJson, ({ text, value }) => {
        const canonical = canonicalText(value as object)
        expect(own(text)).toBe(canonical)
        expect(own(canonical)).toBe(canonical)
      }),
      { numRuns: 300 },
    )
  })

  test('plain objects and Maps give the same text, in any order of members', () => {
    const value = { b: [1, { d: null, c: '' }], a: true }
    const map = new Map<string, unknown>([
      ['a', true],
      [
        'b',
        [
          new JsonNumber('1.0'),
          new Map<string, unknown>([
            ['c', ''],
            ['d', null],
          ]),
        ],
      ],
    ])
    expect(canonicalText(value)).toBe('{"a":true,"b":[1,{"c":"","d":null}]}')
    expect(canonicalText(map)).toBe(canonicalText(value))
  })
})

describe('parseCanonicalJson', () => {
  const document = canonicalize({ a: ['é', 1.5, -2, 1e30, null, true, '\n"'], b: { '': 0, '😀': '/' }, c: 'AA==' })

  test('random documents in canonical form, and no others', () => {
    fc.assert(
      fc.property(anyJson, ({ text, value }) => {
        const canonical = canonicalize(value as object)
        expect(parseCanonicalJson(canonical)).toEqual(parseJson(canonical))
        if (Buffer.compare(utf8(text), canonical) !== 0) {
          expect(() => parseCanonicalJson(utf8(text))).toThrowCode('JSON_NOT_CANONICAL')
        }
      }),
    )
  })

  test('every single changed byte is refused, or makes another value in its own canonical form', () => {
    let accepted = 0
    for (let at = 0; at < document.length; at++) {
      for (let byte = 0; byte < 256; byte++) {
        if (byte === document[at]) continue
        const mutant = document.with(at, byte)
        try {
          const other = canonicalize(parseCanonicalJson(mutant) as object)
          accepted += 1
          if (Buffer.compare(other, mutant) !== 0) expect.fail(`byte ${at} as ${byte}`)
        } catch (error) {
          if (!ColophonError.is(error)) throw error
        }
      }
    }
    expect(accepted).toBeGreaterThan(1000)
  })

  test('every inserted and every removed byte, likewise', () => {
    for (let at = 0; at <= document.length; at++) {
      for (const insert of [[], [0x20], [0x0a], [0x30], [0x2c], [0x5c], [0x22], [0xef, 0xbb, 0xbf]]) {
        const cut = insert.length === 0 ? 1 : 0
        if (at + cut > document.length) continue
        const mutant = Uint8Array.of(...document.subarray(0, at), ...insert, ...document.subarray(at + cut))
        try {
          expect(canonicalize(parseCanonicalJson(mutant) as object)).toEqual(mutant)
        } catch (error) {
          if (!ColophonError.is(error)) throw error
        }
      }
    }
  })

  test.each([
    ...[' 1', '1 ', '1.0', '1e0', '-0', '10e-1', '1E30', '1e30', '[1, 2]', '{"b":1,"a":2}', '"\\/"', '"\\u0041"'],
    ...['"\\u000A"', '"\\u001F"', '"\\u00e9"', '{"\ufb33":1,"😀":2}', '33333333333333329e-08', '9007199254740993'],
  ])('refuses %s', (text) => {
    expect(() => parseCanonicalJson(utf8(text))).toThrowCode('JSON_NOT_CANONICAL')
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyJson, isForJsonParse, plainValue, writtenString } from '../../../test/support/any-json.ts'
import { ColophonError } from '../errors.ts'
import {
  canonicalize,
  elements,
  JsonKind,
  type JsonLimits,
  JsonNumber,
  type JsonTape,
  memberAt,
  members,
  numberTokenAt,
  parseJson,
  scanJson,
  stringAt,
  valueAt,
} from './index.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const scan = (text: string, limits?: Partial<JsonLimits>): JsonTape => scanJson(utf8(text), limits)

/** The same bytes at any offset in memory: the scan looks at aligned words. */
function shifted(bytes: Uint8Array, skew: number): Uint8Array {
  const buffer = new Uint8Array(bytes.length + 8).fill(0x22)
  buffer.set(bytes, skew)
  return buffer.subarray(skew, skew + bytes.length)
}

describe('what is valid', () => {
  test('has the value that was written: numbers as tokens, strings in any spelling', () => {
    fc.assert(
      fc.property(anyJson, fc.nat(3), ({ text, value }, skew) => {
        const parsed = parseJson(shifted(utf8(text), skew))
        expect(parsed).toEqual(value)
        if (isForJsonParse(text)) expect(plainValue(parsed)).toEqual(JSON.parse(text))
      }),
      { numRuns: 500 },
    )
  })

  test('leaves a tape whose nodes tile the text', () => {
    fc.assert(
      fc.property(anyJson, ({ text }) => {
        const tape = scan(text)
        checkTape(tape)
        // Between the tokens there is only white space and punctuation.
        const covered = tape.bytes.slice()
        for (let node = 0; node < tape.count; node++) {
          if (tape.kind[node] !== JsonKind.object && tape.kind[node] !== JsonKind.array) {
            covered.fill(0x20, tape.start[node], tape.end[node])
          }
        }
        expect(Buffer.from(covered).toString()).toMatch(/^[ \n\r\t,:[\]{}]*$/)
      }),
    )
  })
})

function checkTape(tape: JsonTape): void {
  const { bytes, count, kind, start, end, next } = tape
  expect(next[0]).toBe(count)
  const first = { 1: '{', 2: '[', 3: '"', 4: '', 5: 't', 6: 'f', 7: 'n', 8: '"' } as const
  for (let node = 0; node < count; node++) {
    const opening = String.fromCharCode(bytes[start[node] as number] as number)
    expect(opening).toMatch(kind[node] === JsonKind.number ? /[-0-9]/ : opening)
    if (kind[node] !== JsonKind.number) expect(first[kind[node] as JsonKind]).toBe(opening)
    const children: number[] = []
    if (kind[node] === JsonKind.object) for (const { key, value } of members(tape, node)) children.push(key, value)
    else if (kind[node] === JsonKind.array) children.push(...elements(tape, node))
    else expect(next[node]).toBe(node + 1)
    let before = (start[node] as number) + 1
    let following = node + 1
    for (const child of children) {
      expect(child).toBe(following)
      expect(start[child]).toBeGreaterThanOrEqual(before)
      before = end[child] as number
      following = next[child] as number
    }
    expect(following).toBe(next[node])
    expect(end[node]).toBeGreaterThanOrEqual(before)
  }
}

describe('what is changed', () => {
  const keysOf = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return 0
    const own = Object.values(value)
    return (Array.isArray(value) ? 0 : own.length) + own.reduce((sum: number, each) => sum + keysOf(each), 0)
  }
  const keysWritten = (text: string): number =>
    [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/gsu)].filter(([, colon]) => colon !== undefined).length

  test('is accepted only where JSON.parse accepts it too, and has no key twice and no half of a surrogate pair', () => {
    const inserted = fc.constantFrom(
      ...'"\\{}[],:0129-+.eEtfnu \n/ab',
      '\u0000',
      '\u001f',
      '\u007f',
      '\\u0061',
      '\\ud800',
    )
    const bytes = fc.oneof(inserted.map(utf8), fc.uint8Array({ minLength: 1, maxLength: 2 }))
    fc.assert(
      fc.property(anyJson, fc.nat(), fc.nat(2), bytes, fc.nat(3), ({ text }, place, cut, insert, skew) => {
        const original = utf8(text)
        const at = place % (original.length + 1)
        const mutant = Uint8Array.of(...original.subarray(0, at), ...insert, ...original.subarray(at + cut))
        let parsed: unknown
        let accepted = true
        let mutantText = ''
        try {
          mutantText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(mutant)
          if (isForJsonParse(mutantText)) parsed = JSON.parse(mutantText)
        } catch {
          accepted = false
        }
        fc.pre(isForJsonParse(mutantText))
        try {
          expect(plainValue(parseJson(shifted(mutant, skew)))).toEqual(parsed)
          expect(accepted).toBe(true)
          expect(keysWritten(mutantText)).toBe(keysOf(parsed))
        } catch (error) {
          if (!ColophonError.is(error)) throw error
          if (!accepted) return
          if (error.code === 'JSON_DUPLICATE_KEY') expect(keysWritten(mutantText)).toBeGreaterThan(keysOf(parsed))
          else expect([error.code, /\\ud[89a-f]/i.test(mutantText)]).toEqual(['JSON_LONE_SURROGATE', true])
        }
      }),
      { numRuns: 3000 },
    )
  })

  test('any bytes: refused with a code or accepted', () => {
    const alphabet = fc.constantFrom(...utf8('{}[]",:0e-\\utrnfals '), 0xff, 0xc3, 0xa9)
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 12 }), (values) => {
        try {
          checkTape(scanJson(Uint8Array.from(values)))
        } catch (error) {
          if (!ColophonError.is(error)) throw error
        }
      }),
      { numRuns: 3000 },
    )
  })
})

describe('refuses', () => {
  test.each([
    ...[
      '',
      ' ',
      '{',
      '[',
      '"',
      '"\\',
      '"\\u',
      '"\\u12',
      '-',
      '1.',
      '1e',
      '1e+',
      'tru',
      'nulL',
      '{"a"',
      '{"a":',
      '{"a":1',
    ],
    ...['01', '-01', '+1', '.5', '1.e1', '0x1', '1_0', 'NaN', 'Infinity', '-Infinity', '1e1.5', '--1'],
    ...['[1,]', '[,1]', '[1 2]', '{"a":1,}', '{,}', '{1:2}', '{a:1}', "{'a':1}", '{"a" 1}', '[1}', '{"a":1]', ']', '}'],
    ...[
      '1 2',
      '{}{}',
      'null,',
      '// x\n1',
      '/**/1',
      '\u00a01',
      '\u20281',
      '"\t"',
      '"\n"',
      '"\u0000"',
      '"\\x41"',
      '"\\U0041"',
    ],
    ...['"\\u00g0"', '"\\ 0041"', '"\\u 041"', '\ufeff1', '1\ufeff'],
  ])('%j', (text) => {
    expect(() => scan(text)).toThrowCode('JSON_MALFORMED')
  })

  test.each([
    '"\\ud800"',
    '"\\udc00"',
    '"\\udc00\\ud800"',
    '"\\ud800\\u0041"',
    '"\\ud800x"',
    '"\\ud800\\ud800\\udc00"',
    '{"\\uDEAD":1}',
  ])('half of a surrogate pair: %j', (text) => {
    expect(() => scan(text)).toThrowCode('JSON_LONE_SURROGATE')
  })

  test.each(['ff', 'c0af', 'eda080', 'f4908080', 'e282', 'f0808080'])(
    'bytes that are no UTF-8 in a string: %s',
    (hex) => {
      for (const lead of ['', 'a', 'abc', 'é', '\\n']) {
        const bytes = Buffer.concat([Buffer.from(`["${lead}`), Buffer.from(hex, 'hex'), Buffer.from('"]')])
        expect(() => scanJson(bytes)).toThrowCode('UTF8_MALFORMED')
      }
    },
  )

  test('the error tells the offset and never the text', () => {
    expect(() => scan('{"secret": tru}')).toThrow(
      expect.objectContaining({ at: 'byte 14', message: expect.not.stringContaining('secret') }),
    )
  })
})

describe('duplicate keys', () => {
  test.each([
    '{"a":1,"a":1}',
    '{"model":"a","\\u006dodel":"b"}',
    '{"\\u006d":1,"\\u006D":1}',
    '{"é":1,"\\u00e9":1}',
    '{"\\/":1,"/":1}',
    '{"\\ud834\\udd1e":1,"𝄞":1}',
    '{"":1,"":2}',
    '{"__proto__":1,"__proto__":2}',
    '[{"b":{"c":{},"d":[],"c":0}}]',
    '{"a":{"x":1,"y":2},"b":[1,2,{"z":3}],"a":null}',
  ])('refuses %s', (text) => {
    expect(() => scan(text)).toThrowCode('JSON_DUPLICATE_KEY')
  })

  test('accepts keys that look alike', () => {
    expect([...members(scan('{"é":1,"e\u0301":2,"E\u0301":3,"a":{"é":1}}'), 0)]).toHaveLength(4)
    expect(scan('{"a":1,"b":"a","c":{"a":1},"d":["a","a"]}').count).toBe(13)
  })

  test('finds exactly the objects with one, few keys and many, escaped and not', () => {
    const key = writtenString(fc.stringMatching(/^[ab/"é]{0,4}$/))
    fc.assert(
      fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
        const text = `{${keys.map((each) => `${each.text}:0`).join(',')}}`
        if (new Set(keys.map(({ value }) => value)).size === keys.length)
          expect(scan(text).count).toBe(1 + 2 * keys.length)
        else expect(() => scan(text)).toThrowCode('JSON_DUPLICATE_KEY')
      }),
      { numRuns: 500 },
    )
  })

  test('keys made to collide in the hash table', () => {
    const colliding = collidingKeys({ count: 400, slots: 1024 })
    const object = (keys: readonly string[]) => `{${keys.map((key) => `"${key}":0`).join(',')}}`
    expect(scan(object(colliding)).count).toBe(801)
    for (const at of [0, 199, 399]) {
      expect(() => scan(object([...colliding, colliding[at] as string]))).toThrowCode('JSON_DUPLICATE_KEY')
    }
  })

  /** Keys that fall into one slot of the hash table of duplicate-key.ts: FNV-1a, folded. */
  function collidingKeys({ count, slots }: { count: number; slots: number }): string[] {
    const keys: string[] = []
    for (let number = 0; keys.length < count; number++) {
      const key = number.toString(36)
      let hash = 0x811c9dc5 | 0
      for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
      if (((hash ^ (hash >>> 15)) & (slots - 1)) === 0) keys.push(key)
    }
    return keys
  }
})

describe('bounds', () => {
  test('depth', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
    expect(scan(nested(128)).count).toBe(128)
    expect(() => scan(nested(129))).toThrowCode('JSON_TOO_DEEP')
    expect(() => scan('[[{"a":[]}]]', { maxDepth: 3 })).toThrowCode('JSON_TOO_DEEP')
    expect(scan('[[{"a":1}]]', { maxDepth: 3 }).count).toBe(5)
    expect(() => scan('['.repeat(100_000))).toThrowCode('JSON_TOO_DEEP')
    expect(() => scan('{"a":'.repeat(100_000))).toThrowCode('JSON_TOO_DEEP')
  })

  test('100,000 containers inside one another overflow no stack where they are allowed', () => {
    const depth = 100_000
    for (const text of [`${'['.repeat(depth)}${']'.repeat(depth)}`, `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`]) {
      const value = parseJson(utf8(text), { maxDepth: depth })
      expect(Buffer.from(canonicalize(value, { maxDepth: depth })).toString() === text).toBe(true)
    }
  })

  test('bytes', () => {
    expect(scan('[1]', { maxBytes: 3 }).count).toBe(2)
    expect(() => scan('[1]', { maxBytes: 2 })).toThrowCode('JSON_TOO_LARGE')
  })

  test.each(['[]', '{}', '1', '[1]', '{"a":1}', '[[],{}]', '{"a":[]}', '[[[]]]'])(
    'values and keys: %s is let through at its own number, and refused below',
    (text) => {
      const { count } = scan(text)
      expect(scan(text, { maxNodes: count }).count).toBe(count)
      if (count > 1) expect(() => scan(text, { maxNodes: count - 1 })).toThrowCode('JSON_TOO_LARGE')
    },
  )

  test.each([{ maxDepth: 0 }, { maxBytes: -1 }, { maxNodes: 0.5 }, { maxNodes: 2 ** 31 }, { maxDepth: Number.NaN }])(
    'limits that are none: %o',
    (limits) => {
      expect(() => scan('1', limits)).toThrow(RangeError)
    },
  )

  test('a million keys, a million digits, a long string', () => {
    const keys = Array.from({ length: 1_000_000 }, (_, at) => `"k${at}":0`).join(',')
    expect(scan(`{${keys}}`).count).toBe(2_000_001)
    const digits = '9'.repeat(1_000_000)
    expect(numberTokenAt(scan(digits), 0)).toHaveLength(1_000_000)
    expect(canonicalize(new JsonNumber(digits))).toHaveLength(1_000_002)
    expect(stringAt(scan(`"${'é\\n'.repeat(500_000)}"`), 0)).toHaveLength(1_000_000)
  })
})

describe('the tape', () => {
  const tape = scan('{"a\\n":"x","b":[1.50,"\\ud834\\udd1e",null,true,false],"__proto__":{}}')

  test('is read by name, kind and place', () => {
    expect(stringAt(tape, memberAt(tape, 0, 'a\n'))).toBe('x')
    const items = [...elements(tape, memberAt(tape, 0, 'b'))]
    expect(numberTokenAt(tape, items[0] as number)).toBe('1.50')
    expect(stringAt(tape, items[1] as number)).toBe('𝄞')
    expect(items.slice(2).map((node) => valueAt(tape, node))).toEqual([null, true, false])
    expect(valueAt(tape, memberAt(tape, 0, '__proto__'))).toEqual(new Map())
    expect(memberAt(tape, 0, 'a')).toBe(-1)
  })

  test.each<[string, () => unknown]>([
    ['a string of a number', () => stringAt(scan('1'), 0)],
    ['a number of a string', () => numberTokenAt(scan('"1"'), 0)],
    ['members of an array', () => [...members(scan('[]'), 0)]],
    ['elements of an object', () => [...elements(scan('{}'), 0)]],
    ['the value of a key', () => valueAt(scan('{"a":1}'), 1)],
    ['a node beyond the end', () => valueAt(scan('1'), 1)],
    ['a string beyond the end', () => stringAt(scan('""'), 1)],
    ['a node before the start', () => valueAt(scan('1'), -1)],
  ])('refuses %s', (_, read) => {
    expect(read).toThrow(RangeError)
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyText } from '../../../test/support/any-text.ts'
import { appendPointer, type JsonValue, type ObjectReader, parseJson, parsePointer, readObject } from './index.ts'

const parse = (text: string): JsonValue => parseJson(new TextEncoder().encode(text))
const reader = (text: string, at = ''): ObjectReader => readObject(parse(text), at)

const TIME = '2026-01-31T00:00:00.000Z'
const GOOD = `{"s":"text","h":"00ff","b":"AP8=","i":7,"d":"9223372036854775807","t":true,"w":"${TIME}","c":"yes","o":{"x":1},"l":[1,2],"n":null}`

function readAll(text: string): unknown[] {
  const all = reader(text)
  const inner = all.object('o')
  const values = [
    all.string('s'),
    all.hex('h', 2),
    all.base64('b', { sizeBytes: 2 }),
    all.integer('i', { min: 1, max: 7 }),
    all.decimalString('d'),
    all.boolean('t'),
    all.time('w'),
    all.oneOf('c', ['yes', 'no']),
    inner.integer('x'),
    all.array('l', { max: 2 }).map(({ at }) => at),
    all.value('n'),
  ]
  inner.end()
  all.end()
  return values
}

describe('ObjectReader', () => {
  test('gives every member by its type', () => {
    const bytes = Uint8Array.of(0, 255)
    expect(readAll(GOOD)).toEqual([
      'text',
      '00ff',
      bytes,
      7,
      2n ** 63n - 1n,
      true,
      TIME,
      'yes',
      1,
      ['/l/0', '/l/1'],
      null,
    ])
  })

  test('a member that is missing, or has another type, is refused where it stands: A19', () => {
    for (const name of (parse(GOOD) as Map<string, JsonValue>).keys()) {
      for (const wrong of [undefined, null, '', [], {}, 1.5, -1, true, [[]]]) {
        if (name === 'n' && wrong !== undefined) continue
        if (name === 't' && wrong === true) continue
        if ((name === 's' && wrong === '') || (name === 'l' && Array.isArray(wrong))) continue
        const text = JSON.stringify({ ...JSON.parse(GOOD), [name]: wrong })
        const read = () => readAll(text)
        if (name === 'w' && wrong === '') expect(read).toThrowCode('TIME_MALFORMED')
        else expect(read, text).toThrowCode('SCHEMA_MISMATCH')
        const at =
          name === 'o' && wrong !== undefined && typeof wrong === 'object' && wrong !== null ? /^\/o/ : `/${name}`
        expect(read).toThrow(expect.objectContaining({ at: expect.stringMatching(at) }))
      }
    }
  })

  test('an unknown member is refused, wherever it stands and whatever it is called', () => {
    for (const name of ['more', '', '__proto__', 'constructor', 'a/b~c']) {
      const text = GOOD.replace('{', `{${JSON.stringify(name)}:0,`)
      expect(() => readAll(text)).toThrowCode('SCHEMA_MISMATCH')
      expect(() => readAll(text)).toThrow(expect.objectContaining({ at: appendPointer('', name) }))
      expect(() => readAll(GOOD.replace('"x":1', `"x":1,${JSON.stringify(name)}:0`))).toThrowCode('SCHEMA_MISMATCH')
    }
  })

  test('`__proto__` is data like any other member, and nothing is inherited', () => {
    const all = reader('{"__proto__":{"toString":"x"}}')
    expect(all.object('__proto__').string('toString')).toBe('x')
    all.end()
    expect(() => all.string('toString')).toThrowCode('SCHEMA_MISMATCH')
    expect(all.has('constructor')).toBe(false)
    expect(all.optional('hasOwnProperty', (member, name) => member.value(name))).toBeUndefined()
  })

  test('optional: null is there, and is no text', () => {
    expect(reader('{}').optional('a', (member) => member.string('a'))).toBeUndefined()
    expect(reader('{"a":"x"}').optional('a', (member, name) => member.string(name))).toBe('x')
    expect(() => reader('{"a":null}').optional('a', (member) => member.string('a'))).toThrowCode('SCHEMA_MISMATCH')
  })

  test('members with free names count as asked for; `has` does not', () => {
    const all = reader('{"a~/b":1,"c":2}', '/x')
    expect(all.members().map(({ name, at }) => [name, at])).toEqual([
      ['a~/b', '/x/a~0~1b'],
      ['c', '/x/c'],
    ])
    all.end()
    const asked = reader('{"a":1}')
    expect(asked.has('a')).toBe(true)
    expect(() => asked.end()).toThrowCode('SCHEMA_MISMATCH')
  })

  test.each(['null', '1', '"a"', '[]', 'true'])('%s is no object', (text) => {
    expect(() => reader(text, '/a')).toThrow(expect.objectContaining({ code: 'SCHEMA_MISMATCH', at: '/a' }))
  })

  test.each(['1.0', '1e0', '-0', '9007199254740992', '1e400', '"1"', '99999999999999999999'])(
    '%s is no integer of ours',
    (text) => {
      expect(() => reader(`{"a":${text}}`).integer('a')).toThrowCode('SCHEMA_MISMATCH')
    },
  )

  test('the largest integers', () => {
    expect(reader('{"a":9007199254740991}').integer('a')).toBe(2 ** 53 - 1)
    expect(() => reader('{"a":8}').integer('a', { max: 7 })).toThrowCode('SCHEMA_MISMATCH')
    expect(() => reader('{"a":8}').integer('a', { min: 9 })).toThrowCode('SCHEMA_MISMATCH')
  })

  test.each(['', '-1', '+1', '01', '0x10', ' 1', '1 ', '1e3', '1.0', '1\\n', '9223372036854775808', '\u0661', '1_000'])(
    'decimal in a string: refuses %j (B11)',
    (text) => {
      expect(() => reader(`{"a":"${text}"}`).decimalString('a')).toThrowCode('SCHEMA_MISMATCH')
    },
  )

  test('decimal in a string: no number', () => {
    expect(reader('{"a":"0"}').decimalString('a')).toBe(0n)
    expect(reader('{"a":"9007199254740993"}').decimalString('a')).toBe(9007199254740993n)
    expect(() => reader('{"a":1}').decimalString('a')).toThrowCode('SCHEMA_MISMATCH')
  })

  test('bounds of texts and arrays, patterns, literals', () => {
    expect(() => reader('{"a":"xyz"}').string('a', { max: 2 })).toThrowCode('SCHEMA_MISMATCH')
    expect(() => reader('{"a":"xyz"}').string('a', { pattern: /^[a-c]+$/ })).toThrowCode('SCHEMA_MISMATCH')
    expect(() => reader('{"a":[1,2]}').array('a', { max: 1 })).toThrowCode('SCHEMA_MISMATCH')
    expect(() => reader('{"a":"ABCD"}').hex('a', 2)).toThrowCode('SCHEMA_MISMATCH')
    expect(() => reader('{"a":"abcd"}').hex('a', 3)).toThrowCode('SCHEMA_MISMATCH')
    expect(() => reader('{"a":"AP9="}').base64('a')).toThrowCode('SCHEMA_MISMATCH')
    expect(() => reader('{"a":"v2"}').literal('a', 'v1')).toThrowCode('SCHEMA_MISMATCH')
    expect(reader('{"a":"v1"}').literal('a', 'v1')).toBe('v1')
  })

  const messageOf = (read: () => unknown): string => {
    try {
      read()
    } catch (error) {
      return (error as Error).message
    }
    return ''
  }

  test('a message quotes a word where one of a few was wanted', () => {
    expect(messageOf(() => reader('{"a":"fxied"}').oneOf('a', ['fixed', 'any']))).toBe(
      'got "fxied", want "fixed" or "any"',
    )
  })

  test.each(['a prompt', '\\u001b[31mred', 'x'.repeat(64), '5a'.repeat(31)])('a message never quotes %s', (text) => {
    const read = reader(`{"a":"${text}"}`)
    const length = (JSON.parse(`"${text}"`) as string).length
    for (const wrong of [() => read.oneOf('a', ['b']), () => read.object('a'), () => read.hex('a', 32)]) {
      expect(messageOf(wrong)).toMatch(new RegExp(`^got a string of ${length} characters, want `))
    }
  })
})

describe('JSON Pointer', () => {
  const pointerOf = (path: readonly string[]): string => path.reduce<string>(appendPointer, '')

  test('RFC 6901 section 5', () => {
    const cases = {
      '': [],
      '/foo': ['foo'],
      '/foo/0': ['foo', '0'],
      '/': [''],
      '/a~1b': ['a/b'],
      '/m~0n': ['m~n'],
      '/~01': ['~1'],
    }
    for (const [pointer, segments] of Object.entries(cases)) {
      expect(parsePointer(pointer)).toEqual(segments)
      expect(pointerOf(segments)).toBe(pointer)
    }
    expect(appendPointer('/a', 12)).toBe('/a/12')
  })

  test('round trip: different paths have different pointers (C7)', () => {
    const path = fc.array(fc.oneof(anyText(5), fc.constantFrom('', '~', '/', '~1', '0', '__proto__')), { maxLength: 4 })
    fc.assert(
      fc.property(path, (segments) => {
        expect(parsePointer(pointerOf(segments))).toEqual(segments)
      }),
    )
  })

  test.each(['a', 'a/b', '/~', '/~2', '/a~', '/~~0', '#/a'])('refuses %j', (text) => {
    expect(() => parsePointer(text)).toThrowCode('SCHEMA_MISMATCH')
  })

  test.each([-1, 0.5, 2 ** 53, Number.NaN])('no index: %d', (index) => {
    expect(() => appendPointer('', index)).toThrow(RangeError)
  })
})

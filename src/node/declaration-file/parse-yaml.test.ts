import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { JsonNumber } from '../../core/json/index.ts'
import { parseYaml } from './parse-yaml.ts'

const parse = (text: string) => parseYaml(encodeUtf8(text)).value

const errorOf = (text: string): ColophonError => {
  try {
    parse(text)
  } catch (error) {
    if (ColophonError.is(error)) return error
    throw error
  }
  throw new Error('want an error')
}

describe('parseYaml', () => {
  test('gives maps, lists and scalars', () => {
    const value = parse('a: text\nb: [true, null, ~]\n"c d": {e: ""}\n__proto__: x\nf:\n')
    expect(value).toEqual(
      new Map<string, unknown>([
        ['a', 'text'],
        ['b', [true, null, null]],
        ['c d', new Map([['e', '']])],
        ['__proto__', 'x'],
        ['f', null],
      ]),
    )
  })

  test('keeps block texts byte for byte, final newline included', () => {
    expect(parse('a: |\n  one\n  two\n')).toEqual(new Map([['a', 'one\ntwo\n']]))
    expect(parse('a: "\\u00e9\\n"')).toEqual(new Map([['a', 'é\n']]))
  })

  test.each(['0', '-0', '1e5', '1.50', '1E400', '12345678901234567890'])(
    'keeps the token of the number %s',
    (token) => {
      expect(parse(`a: ${token}`)).toEqual(new Map([['a', new JsonNumber(token)]]))
    },
  )

  test.each(['1_000', 'yes', 'no', 'on', '2026-01-31', '12:30:45', '0b1'])(
    'reads %s as a string, as YAML 1.2 does',
    (text) => {
      expect(parse(`a: ${text}`)).toEqual(new Map([['a', text]]))
    },
  )

  test.each(['0x10', '0o17', '.5', '1.', '+1', '012', '.inf', '-.inf', '.nan'])('refuses the number %s', (token) => {
    expect(errorOf(`a: 1\nb: ${token}\n`)).toMatchObject({ code: 'YAML_UNSUPPORTED', at: '2:4' })
    expect(parse(`b: "${token}"`)).toEqual(new Map([['b', token]]))
  })

  test.each([
    ['a duplicate key', 'a: 1\na: 2\n', '2:1'],
    ['a duplicate key in other quotes', 'a: 1\n"a": 2\n', '2:1'],
    ['an anchor', 'a: &x 1\n', '1:7'],
    ['an alias', 'a: 1\nb: *x\n', '2:4'],
    ['a tag', 'a: !!str 1\n', '1:10'],
    ['an unknown tag', 'a: !foo 1\n', undefined],
    ['a tag on a map', 'a: !!map {b: 1}\n', undefined],
    ['a merge key', '<<: {a: 1}\n', '1:1'],
    ['a number as key', '1: a\n', '1:1'],
    ['a boolean as key', 'true: a\n', '1:1'],
    ['a null as key', '~: a\n', '1:1'],
    ['a list as key', '? [a]\n: b\n', '1:3'],
    ['two documents', 'a: 1\n---\nb: 2\n', undefined],
    ['a version directive', '%YAML 1.1\n---\na: 1\n', undefined],
    ['a tag directive', '%TAG !e! tag:example.com:\n---\na: 1\n', undefined],
    ['deep lists', '['.repeat(2_000), undefined],
    ['deep maps', `${'{a: '.repeat(100)}1${'}'.repeat(100)}`, undefined],
  ])('refuses %s', (_, text, at) => {
    const error = errorOf(text)
    expect(error.code).toBe('YAML_UNSUPPORTED')
    expect(error.at).toMatch(at === undefined ? /^\d+:\d+$/ : new RegExp(`^${at}$`))
  })

  test.each(['', '# only a comment\n', 'a: "x', 'a: b: c', '\ta: 1', '{a: 1'])(
    'refuses %j, which is no YAML',
    (text) => {
      expect(() => parse(text)).toThrowCode('DECLARATION_MALFORMED')
    },
  )

  test('refuses bytes that are not UTF-8', () => {
    expect(() => parseYaml(Uint8Array.of(0x61, 0x3a, 0x20, 0xff))).toThrowCode('UTF8_MALFORMED')
  })

  test('finds the place of a pointer, or of what is round it', () => {
    const { placeOf } = parseYaml(encodeUtf8('a: 1\nb:\n  c: [x, y]\n'))
    expect(['/a', '/b/c/1', '/b/c/7', '/b/none', '/none'].map(placeOf)).toEqual(['1:4', '3:10', '3:6', '3:3', '1:1'])
  })
})

import { describe, expect, test } from 'vitest'
import { escapeJson, escapeText } from './index.ts'

/** Everything that a terminal would obey, hide or reorder. */
const UNSAFE: readonly [string, string][] = [
  ['escape sequences', '\u001b[2J\u001b]0;title\u0007'],
  ['C1 control characters', '\u009b31m'],
  ['delete', '\u007f'],
  ['null', '\0'],
  ['carriage return', 'good\rbad'],
  ['line feed', 'one\ntwo'],
  ['tabulator', 'a\tb'],
  ['bidirectional override', '\u202egnp.exe'],
  ['bidirectional isolate', '\u2066abc\u2069'],
  ['marks of direction', '\u200e\u200f\u061c'],
  ['zero width', 'a\u200bb\u200cc\u200dd\u2060'],
  ['byte order mark', '\ufeffa'],
  ['soft hyphen', 'a\u00adb'],
  ['line and paragraph separator', '\u2028\u2029'],
  ['tags', '\u{e0041}\u{e0042}'],
  ['variation selectors', '\u{e0100}\ufe01'],
  ['fillers', '\u3164\u115f\uffa0'],
  ['halves of surrogate pairs', '\ud800a\udc00'],
  ['private use', '\ue000'],
  ['not assigned', '\u{e0080}'],
]

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]*$/u

describe('escapeText', () => {
  test.each(UNSAFE)('escapes %s', (_, text) => {
    const escaped = escapeText(text)
    expect(escaped).not.toBe(text)
    expect(escaped).toMatch(PRINTABLE)
  })

  test('says which character it was', () => {
    expect(escapeText('a\u001bb\u{e0041}\n')).toBe('a\\u{1b}b\\u{e0041}\\n')
  })

  test.each(['plain text', 'é è 日本語 עברית العربية', '😀 ❤️ 👍🏽', '~!@#$%^&*()`"\'\\', 'e\u0301'])(
    'leaves %j alone',
    (text) => {
      expect(escapeText(text)).toBe(text)
    },
  )
})

describe('escapeJson', () => {
  test.each(UNSAFE)('escapes %s and keeps the value', (_, text) => {
    const escaped = escapeJson(JSON.stringify({ text }, undefined, 2))
    expect(JSON.parse(escaped)).toEqual({ text })
    expect(escaped.replaceAll('\n', '')).toMatch(PRINTABLE)
  })
})

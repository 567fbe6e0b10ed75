import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../../test/support/any-text.ts'
import { concatBytes, decodeUtf8, encodeUtf8 } from '../bytes/index.ts'
import { parseJson } from '../json/index.ts'
import { outputPieces } from './output-pieces.ts'

const MOST = { most: 20_000 }

/** The pieces of a string token, each decoded. */
function texts(json: string, options = MOST): string[] {
  const bytes = encodeUtf8(`[${json}]`)
  return outputPieces({ bytes, start: 1, end: bytes.length - 1 }, options).map(({ start, end }) => {
    return parseJson(concatBytes(encodeUtf8('"'), bytes.subarray(start, end), encodeUtf8('"'))) as string
  })
}

test.each<[string, string, readonly string[]]>([
  [
    'sentences, each with the white space after it',
    '"One. Two!  Three? Four."',
    ['One. ', 'Two!  ', 'Three? ', 'Four.'],
  ],
  ['lines', '"a\\nb\\n\\n  c"', ['a\n', 'b\n\n  ', 'c']],
  ['a tab and a carriage return after a mark', '"a.\\tb.\\r\\nc"', ['a.\t', 'b.\r\n', 'c']],
  ['marks of scripts without spaces', '"好。是！！吗？ 是"', ['好。', '是！！', '吗？ ', '是']],
  ['a wide space', '"a.\u3000b"', ['a.\u3000', 'b']],
  ['escapes as what they stand for', '"a\\u002e\\u0020b\\u000ac\\u3002d"', ['a. ', 'b\n', 'c。', 'd']],
  ['no end within a number, an address or an abbreviation without space', '"1.5 of a.b/c?d=e!f"', []],
  ['no end at a tab or a space alone', '"a\\tb c\\rd"', []],
  ['no end at what looks like an escape', '"a\\\\nb"', []],
  ['one sentence', '"Certainly."', []],
  ['white space at the end', '"Certainly. "', []],
  ['white space at the start', '"\\n\\na"', ['\n\n', 'a']],
  ['nothing', '""', []],
])('%s', (_, json, pieces) => {
  expect(texts(json)).toEqual(pieces)
})

test('a piece has at most 256 bytes, and ends between two characters', () => {
  expect(texts(JSON.stringify('a'.repeat(600))).map(({ length }) => length)).toEqual([256, 256, 88])
  expect(texts(JSON.stringify('é'.repeat(200))).map(({ length }) => length)).toEqual([128, 72])
  expect(texts(`"a${'\\ud83d\\ude00'.repeat(30)}"`).map(({ length }) => length)).toEqual([43, 18])
  expect(texts(`"${'a'.repeat(255)}\\n\\n"`).map(({ length }) => length)).toEqual([255, 2])
  expect(texts(JSON.stringify('a'.repeat(256)))).toEqual([])
})

test('a string of more pieces than are asked for is not cut', () => {
  expect(texts('"a\\nb\\nc"', { most: 3 })).toHaveLength(3)
  for (const most of [2, 1, 0]) expect(texts('"a\\nb\\nc"', { most })).toEqual([])
})

/** The same from the words of the specification: where a piece may end, on the decoded text, whatever its size. */
const BREAK = /(?<=[.!?][\t\n\r \u3000]+|\n[\t\n\r \u3000]*|[。！？][\t\n\r \u3000]*)(?![\t\n\r \u3000。！？])/u

const sentences = fc.array(fc.constantFrom('.', '!', '。', '？', ' ', '\n', '\t', '\u3000', 'a', '😀', '"'))
const escaped = (text: string): string =>
  text.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

test('whatever the text and its escapes: pieces tile the string, and end where sentences do', () => {
  const text = fc.oneof(
    anyText(),
    sentences.map((all) => all.join('')),
  )
  fc.assert(
    fc.property(text, fc.boolean(), (whole, isEscaped) => {
      const json = isEscaped ? `"${escaped(whole)}"` : JSON.stringify(whole)
      const pieces = texts(json)
      if (pieces.length > 0) expect(pieces.join('')).toBe(whole)
      if (encodeUtf8(json).length <= 258) expect(pieces).toEqual(split(whole))
    }),
  )
})

function split(text: string): string[] {
  const pieces = text.split(BREAK).filter((piece) => piece !== '')
  return pieces.length > 1 ? pieces : []
}

test('bytes are shown as they stand', () => {
  const bytes = encodeUtf8('{"a":"One. Two."}')
  const pieces = outputPieces({ bytes, start: 5, end: bytes.length - 1 }, MOST)
  expect(pieces.map(({ start, end }) => decodeUtf8(bytes.subarray(start, end)))).toEqual(['One. ', 'Two.'])
})

/**
 * The comment is one event-stream comment whatever it holds, and comes after whole events only.
 */
import { expect, test } from 'vitest'
import { encodeUtf8 } from '../../core/bytes/index.ts'
import { splitEvents } from '../../core/event-stream/index.ts'
import { endsInBlankLine, formatRunComment } from './run-comment.ts'

test.each([
  ['data: x\n\n', true],
  ['data: x\r\n\r\n', true],
  ['data: x\r\r', true],
  ['data: x\n\r\n', true],
  ['data: x\n\r', true],
  ['data: x\r\n\n', true],
  ['data: x\r\n', false],
  ['data: x\n', false],
  ['data: x\r', false],
  ['data: x', false],
  ['\n\nx', false],
  ['\n', false],
  ['', false],
])('%j ends in a blank line: %s', (text, expected) => {
  expect(endsInBlankLine(encodeUtf8(text))).toBe(expected)
})

test('a comment is one event without data, and gives the record back', () => {
  const names = { runId: '0'.repeat(64), recordDigest: 'f'.repeat(64) }
  const bundle = Uint8Array.from({ length: 1000 }, (_, index) => index)
  expect(formatRunComment(names)).toBe(
    `: colophon run=${names.runId} record=${names.recordDigest} path=/runs/${names.runId}\n\n`,
  )
  const comment = formatRunComment({ ...names, bundle })
  expect(splitEvents(encodeUtf8(comment))).toEqual([{ start: 0, end: comment.length, data: undefined, finished: true }])
  const inline = / bundle=([\w-]+)\n\n$/.exec(comment)?.[1] ?? ''
  expect(Uint8Array.from(Buffer.from(inline, 'base64url'))).toEqual(bundle)
})

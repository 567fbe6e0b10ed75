/**
 * How this implementation runs a case of `encoding`.
 *
 * @module
 */

import {
  ByteWriter,
  decodeBase64,
  decodeHex,
  decodeUtf8,
  encodeUtf8,
  formatTime,
  parseTime,
} from '../../../src/core/bytes/index.ts'
import { bytesOfHex, hexOf, type Parts, textOf } from '../parts.ts'
import type { Value } from '../topic.ts'

export type EncodingInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly inputText?: Parts
  readonly inputHex?: Parts
  readonly codeUnits?: readonly number[]
  readonly sizeBytes?: number
  readonly value?: string
}

export const OPERATIONS = {
  decodeHex: 'The bytes of the hexadecimal `inputText`, where `sizeBytes` is there of exactly so many: `bytesHex`.',
  decodeBase64: 'The bytes of the base64 `inputText`, where `sizeBytes` is there of exactly so many: `bytesHex`.',
  decodeUtf8: 'The text of the bytes `inputHex`: `text`, and its characters as numbers, `codePoints`.',
  encodeUtf8: 'The UTF-8 of a text that is given by its UTF-16 `codeUnits`: `bytesHex`.',
  readTime: 'The moment of the time `inputText`: `epochMs`, milliseconds since 1970-01-01T00:00:00.000Z.',
  writeTag: 'tag(`inputText`): `bytesHex`.',
  writeLengthPrefixed: 'lp of the bytes `inputHex`: `bytesHex`.',
  writeU32: 'u32 of `value`, a decimal string: `bytesHex`.',
  writeU64: 'u64 of `value`, a decimal string: `bytesHex`.',
}

export const runEncoding = ({
  operation,
  inputText = '',
  inputHex = '',
  codeUnits = [],
  sizeBytes,
  value = '0',
}: EncodingInput): Value => {
  const bytes = bytesOfHex(inputHex)
  switch (operation) {
    case 'decodeHex':
      return { bytesHex: hexOf(decodeHex(textOf(inputText), { sizeBytes })) }
    case 'decodeBase64':
      return { bytesHex: hexOf(decodeBase64(textOf(inputText), { sizeBytes })) }
    case 'decodeUtf8': {
      const text = decodeUtf8(bytes)
      return { text, codePoints: Array.from(text, (character) => character.codePointAt(0) as number) }
    }
    case 'encodeUtf8':
      return { bytesHex: hexOf(encodeUtf8(String.fromCharCode(...codeUnits))) }
    case 'readTime': {
      const epochMs = parseTime(textOf(inputText))
      // One text per moment: writing is the inverse of reading.
      if (formatTime(epochMs) !== inputText) throw new Error('another text came back')
      return { epochMs }
    }
    case 'writeTag':
      return { bytesHex: hexOf(new ByteWriter().tag(textOf(inputText)).finish()) }
    case 'writeLengthPrefixed':
      return { bytesHex: hexOf(new ByteWriter().prefixed(bytes).finish()) }
    case 'writeU32':
      return { bytesHex: hexOf(new ByteWriter().u32(Number(value)).finish()) }
    case 'writeU64':
      return { bytesHex: hexOf(new ByteWriter().u64(BigInt(value)).finish()) }
  }
}

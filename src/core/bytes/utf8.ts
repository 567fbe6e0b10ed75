/**
 * UTF-8 (RFC 3629), strict in both directions: no replacement characters, no overlong forms, no surrogates. A byte
 * order mark is kept as U+FEFF, so `encodeUtf8(decodeUtf8(bytes))` always gives the same bytes.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import { textOfUnits } from './ascii.ts'

/** UTF-16 code units that are decoded before they are joined to the text. */
const CHUNK = 8192

/**
 * UTF-8 of a text.
 *
 * @throws {ColophonError} UTF8_MALFORMED  the text has half of a surrogate pair
 */
export function encodeUtf8(text: string): Uint8Array {
  const length = text.length
  const sizeBytes = utf8Size(text)
  const bytes = new Uint8Array(sizeBytes)
  if (sizeBytes === length) {
    for (let i = 0; i < length; i++) bytes[i] = text.charCodeAt(i)
    return bytes
  }
  let at = 0
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) {
      bytes[at++] = unit
    } else if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >> 6)
      bytes[at++] = 0x80 | (unit & 63)
    } else if (unit < 0xd800 || unit > 0xdfff) {
      bytes[at++] = 0xe0 | (unit >> 12)
      bytes[at++] = 0x80 | ((unit >> 6) & 63)
      bytes[at++] = 0x80 | (unit & 63)
    } else {
      // utf8Size has seen that a low half follows.
      const point = 0x10000 + ((unit - 0xd800) << 10) + (text.charCodeAt(++i) - 0xdc00)
      bytes[at++] = 0xf0 | (point >> 18)
      bytes[at++] = 0x80 | ((point >> 12) & 63)
      bytes[at++] = 0x80 | ((point >> 6) & 63)
      bytes[at++] = 0x80 | (point & 63)
    }
  }
  return bytes
}

/**
 * Text of UTF-8 bytes.
 *
 * @param options.at  where the bytes stand; without it the error's `at` is `byte N`, N counted from the first byte
 * @throws {ColophonError} UTF8_MALFORMED  with the offset of the first byte that begins no valid sequence
 */
export function decodeUtf8(bytes: Uint8Array, options: { readonly at?: string | undefined } = {}): string {
  const length = bytes.length
  let i = 0
  while (i < length && (bytes[i] as number) < 0x80) i++
  let text = textOfUnits(bytes, 0, i)
  if (i === length) return text

  const units = new Uint16Array(Math.min(CHUNK, length - i))
  let filled = 0
  while (i < length) {
    const byte = bytes[i] as number
    if (byte < 0x80) {
      units[filled++] = byte
      i++
    } else {
      const size = sequenceSize(bytes, i)
      if (size === 0) throw malformedAt(i, options.at)
      const second = (bytes[i + 1] as number) & 63
      if (size === 2) {
        units[filled++] = ((byte & 31) << 6) | second
      } else if (size === 3) {
        units[filled++] = ((byte & 15) << 12) | (second << 6) | ((bytes[i + 2] as number) & 63)
      } else {
        const low = (((bytes[i + 2] as number) & 63) << 6) | ((bytes[i + 3] as number) & 63)
        const point = ((byte & 7) << 18) | (second << 12) | low
        units[filled++] = 0xd7c0 + (point >> 10)
        units[filled++] = 0xdc00 | (point & 0x3ff)
      }
      i += size
    }
    // A sequence of four bytes fills two units.
    if (filled >= units.length - 1) {
      text += textOfUnits(units, 0, filled)
      filled = 0
    }
  }
  return filled === 0 ? text : text + textOfUnits(units, 0, filled)
}

/** Whether bytes are valid UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  let i = 0
  while (i < bytes.length) {
    if ((bytes[i] as number) < 0x80) {
      i++
    } else {
      const size = sequenceSize(bytes, i)
      if (size === 0) return false
      i += size
    }
  }
  return true
}

/**
 * Bytes of the well-formed sequence that begins at `i` with a byte above 0x7f: 2, 3 or 4; 0 if there is none.
 *
 * RFC 3629 section 4. A byte after the end reads as undefined, which no comparison accepts.
 */
export function sequenceSize(bytes: Uint8Array, i: number): 0 | 2 | 3 | 4 {
  const first = bytes[i] as number
  if (first < 0xc2 || first > 0xf4 || i + 1 >= bytes.length) return 0
  const second = bytes[i + 1] as number
  if (second >> 6 !== 2) return 0
  if (first < 0xe0) return 2
  if (i + 2 >= bytes.length || (bytes[i + 2] as number) >> 6 !== 2) return 0
  if (first < 0xf0) {
    // e0 80-9f would be overlong, ed a0-bf a surrogate.
    return (first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f) ? 0 : 3
  }
  if (i + 3 >= bytes.length || (bytes[i + 3] as number) >> 6 !== 2) return 0
  // f0 80-8f would be overlong, f4 90-bf above U+10FFFF.
  return (first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f) ? 0 : 4
}

/** Number of bytes that a text takes in UTF-8. */
function utf8Size(text: string): number {
  const length = text.length
  let size = length
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) {
      size += 1
    } else if (unit < 0xd800 || unit > 0xdfff) {
      size += 2
    } else {
      const next = i + 1 < length ? text.charCodeAt(i + 1) : 0
      if (unit > 0xdbff || next < 0xdc00 || next > 0xdfff) {
        throw new ColophonError('UTF8_MALFORMED', `character ${i} is half of a surrogate pair`)
      }
      size += 2
      i++
    }
  }
  return size
}

function malformedAt(offset: number, at: string | undefined): ColophonError {
  return new ColophonError('UTF8_MALFORMED', `byte ${offset} begins no valid UTF-8 sequence`, {
    at: at ?? `byte ${offset}`,
    details: { byte: offset },
  })
}

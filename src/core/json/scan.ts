/**
 * The scan: one pass over a JSON text that refuses whatever is not strict JSON and leaves a tape.
 *
 * RFC 8259 (https://www.rfc-editor.org/rfc/rfc8259), with the restrictions of I-JSON (RFC 7493) that keep one text from
 * having two meanings: UTF-8 without a byte order mark, no duplicate keys, no lone surrogates. Numbers of any size pass,
 * as tokens. Time is linear in the size of the text (keys made to collide cost a factor log n), memory in its nodes; no
 * recursion.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import { duplicateKey } from './duplicate-key.ts'
import { type JsonLimits, jsonLimits } from './limits.ts'
import { errorAtByte, unexpected } from './malformed.ts'
import { stringTokenEnd, wordView } from './string-token.ts'
import { JsonKind, type JsonTape } from './tape.ts'

/**
 * Scans a JSON text.
 *
 * @param bytes  the text; the tape refers to it, so it must not change while the tape is in use
 * @throws {ColophonError} JSON_MALFORMED, UTF8_MALFORMED, JSON_LONE_SURROGATE, JSON_DUPLICATE_KEY, JSON_TOO_DEEP,
 *   JSON_TOO_LARGE; `at` is `byte N`
 */
export function scanJson(bytes: Uint8Array, limits?: Partial<JsonLimits>): JsonTape {
  const { maxDepth, maxBytes, maxNodes } = jsonLimits(limits)
  const length = bytes.length
  if (length > maxBytes) throw new ColophonError('JSON_TOO_LARGE', `JSON has ${length} bytes, want at most ${maxBytes}`)
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw errorAtByte('JSON_MALFORMED', 0, 'the text begins with a byte order mark')
  }

  let capacity = Math.min(maxNodes, 16 + (length >> 4))
  let kind: Uint8Array<ArrayBufferLike> = new Uint8Array(capacity)
  let start: Uint32Array<ArrayBufferLike> = new Uint32Array(capacity)
  let end: Uint32Array<ArrayBufferLike> = new Uint32Array(capacity)
  let next: Uint32Array<ArrayBufferLike> = new Uint32Array(capacity)
  let count = 0

  // The containers that are open, outermost first, and whether one of an object's keys has an escape.
  let open = new Uint32Array(Math.min(maxDepth, 16))
  let escapedKeys = new Uint8Array(open.length)
  let depth = 0

  const view = wordView(bytes)
  let i = 0
  let state: number = VALUE
  for (;;) {
    let byte = i < length ? (bytes[i] as number) : -1
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      byte = ++i < length ? (bytes[i] as number) : -1
    }

    if (state === AFTER_VALUE) {
      if (depth === 0) {
        if (byte !== -1) throw unexpected(bytes, i, 'the end of the text')
        return { bytes, count, kind, start, end, next }
      }
      const container = open[depth - 1] as number
      const isObject = kind[container] === JsonKind.object
      if (byte === 0x2c) {
        i++
        state = isObject ? KEY : VALUE
        continue
      }
      if (byte !== (isObject ? 0x7d : 0x5d)) throw unexpected(bytes, i, isObject ? '"," or "}"' : '"," or "]"')
      // Falls through to closing the container.
    } else {
      if (count === capacity && byte !== 0x7d && byte !== 0x5d) {
        if (capacity >= maxNodes) {
          throw errorAtByte('JSON_TOO_LARGE', i, `JSON has more than ${maxNodes} values and keys`)
        }
        capacity = Math.min(maxNodes, capacity * 2)
        kind = grownBytes(kind, capacity)
        start = grownWords(start, capacity)
        end = grownWords(end, capacity)
        next = grownWords(next, capacity)
      }
      if (byte === 0x22) {
        const after = stringTokenEnd(view, i)
        start[count] = i
        i = after < 0 ? -after : after
        end[count] = i
        if (state === VALUE || state === VALUE_OR_CLOSE) {
          kind[count] = JsonKind.string
          next[count] = ++count
          state = AFTER_VALUE
          continue
        }
        if (after < 0) escapedKeys[depth - 1] = 1
        kind[count] = JsonKind.key
        next[count] = ++count
        while (i < length && isSpace(bytes[i] as number)) i++
        if (bytes[i] !== 0x3a || i >= length) throw unexpected(bytes, i, '":"')
        i++
        state = VALUE
        continue
      }
      if (state === KEY) throw unexpected(bytes, i, 'a key in quotes')
      if (state === KEY_OR_CLOSE) {
        if (byte !== 0x7d) throw unexpected(bytes, i, 'a key in quotes or "}"')
      } else if (byte === 0x7b || byte === 0x5b) {
        if (depth >= maxDepth) throw errorAtByte('JSON_TOO_DEEP', i, `JSON is nested deeper than ${maxDepth}`)
        if (depth === open.length) {
          open = grownWords(open, depth * 2) as Uint32Array<ArrayBuffer>
          escapedKeys = grownBytes(escapedKeys, depth * 2) as Uint8Array<ArrayBuffer>
        }
        kind[count] = byte === 0x7b ? JsonKind.object : JsonKind.array
        start[count] = i++
        open[depth] = count++
        escapedKeys[depth++] = 0
        state = byte === 0x7b ? KEY_OR_CLOSE : VALUE_OR_CLOSE
        continue
      } else if (byte !== 0x5d || state !== VALUE_OR_CLOSE) {
        start[count] = i
        if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
          i = numberTokenEnd(bytes, i)
          kind[count] = JsonKind.number
        } else if (byte === 0x74) {
          i = literalEnd(bytes, i, 'true')
          kind[count] = JsonKind.true
        } else if (byte === 0x66) {
          i = literalEnd(bytes, i, 'false')
          kind[count] = JsonKind.false
        } else if (byte === 0x6e) {
          i = literalEnd(bytes, i, 'null')
          kind[count] = JsonKind.null
        } else {
          throw unexpected(bytes, i, state === VALUE ? 'a value' : 'a value or "]"')
        }
        end[count] = i
        next[count] = ++count
        state = AFTER_VALUE
        continue
      }
    }

    // A closing bracket that fits.
    const container = open[--depth] as number
    end[container] = ++i
    next[container] = count
    if (byte === 0x7d && count - container > 3) {
      const repeated = duplicateKey({ bytes, start, end, next, container, count, escaped: escapedKeys[depth] === 1 })
      if (repeated >= 0) {
        const offset = start[repeated] as number
        throw errorAtByte('JSON_DUPLICATE_KEY', offset, `the key at byte ${offset} occurs twice in its object`)
      }
    }
    state = AFTER_VALUE
  }
}

const VALUE = 0
const VALUE_OR_CLOSE = 1
const KEY = 2
const KEY_OR_CLOSE = 3
const AFTER_VALUE = 4

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}

/** Offset after the number token at `from`: RFC 8259 section 6. What follows it is checked by the scan. */
function numberTokenEnd(bytes: Uint8Array, from: number): number {
  let i = bytes[from] === 0x2d ? from + 1 : from
  if (bytes[i] === 0x30) {
    i++
  } else {
    if (!isDigit(bytes[i])) throw unexpected(bytes, i, 'a digit')
    while (isDigit(bytes[i])) i++
  }
  if (bytes[i] === 0x2e) {
    i++
    if (!isDigit(bytes[i])) throw unexpected(bytes, i, 'a digit')
    while (isDigit(bytes[i])) i++
  }
  if (bytes[i] === 0x65 || bytes[i] === 0x45) {
    i++
    if (bytes[i] === 0x2b || bytes[i] === 0x2d) i++
    if (!isDigit(bytes[i])) throw unexpected(bytes, i, 'a digit')
    while (isDigit(bytes[i])) i++
  }
  return i
}

function literalEnd(bytes: Uint8Array, from: number, literal: string): number {
  for (let k = 1; k < literal.length; k++) {
    if (bytes[from + k] !== literal.charCodeAt(k)) throw unexpected(bytes, from + k, literal)
  }
  return from + literal.length
}

function grownBytes(array: Uint8Array, capacity: number): Uint8Array {
  const grown = new Uint8Array(capacity)
  grown.set(array)
  return grown
}

function grownWords(array: Uint32Array, capacity: number): Uint32Array {
  const grown = new Uint32Array(capacity)
  grown.set(array)
  return grown
}

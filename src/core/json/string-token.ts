/**
 * One string token: RFC 8259 section 7, RFC 3629 inside, no lone surrogates (RFC 7493 section 2.1). Noncharacters are
 * let through, which differs from RFC 7493: they occur in real text and RFC 8785 can represent them.
 *
 * @module
 */
import { sequenceSize } from '../bytes/index.ts'
import { errorAtByte, unexpected } from './malformed.ts'
import { hex4, simpleEscape } from './string-escape.ts'

/** The same memory byte by byte and in whole, aligned words of four. */
export interface WordView {
  readonly bytes: Uint8Array
  readonly words: Int32Array
  /** Bytes of the first word before `bytes[0]`, 0 to 3. */
  readonly skew: number
}

/** Words over the memory of `bytes`, none of which reaches beyond it at the end. */
export function wordView(bytes: Uint8Array): WordView {
  const skew = bytes.byteOffset & 3
  const words = new Int32Array(bytes.buffer, bytes.byteOffset - skew, (bytes.length + skew) >> 2)
  return { bytes, words, skew }
}

/** 1 for the bytes that stand for themselves: 0x20 to 0x7f without quote and backslash. */
const PLAIN = new Uint8Array(256).map((_, byte) =>
  byte >= 0x20 && byte < 0x80 && byte !== 0x22 && byte !== 0x5c ? 1 : 0,
)

/**
 * Offset after the closing quote; negated if the string has an escape.
 *
 * @param quote  offset of the opening quote
 * @throws {ColophonError} JSON_MALFORMED, UTF8_MALFORMED (raw surrogates included), JSON_LONE_SURROGATE (escaped ones)
 */
export function stringTokenEnd(view: WordView, quote: number): number {
  const { bytes, words, skew } = view
  const length = bytes.length
  const wordCount = words.length
  let escaped = false
  let i = quote + 1
  while (i < length) {
    if (((i + skew) & 3) === 0) {
      let word = (i + skew) >> 2
      while (word < wordCount && allPlain(words[word] as number)) word++
      i = (word << 2) - skew
      if (i >= length) break
    }
    const byte = bytes[i] as number
    if (PLAIN[byte] === 1) {
      i++
    } else if (byte === 0x22) {
      return escaped ? -(i + 1) : i + 1
    } else if (byte >= 0x80) {
      i = wideEnd(bytes, i)
    } else if (byte === 0x5c) {
      escaped = true
      i = escapeEnd(bytes, i)
    } else {
      throw unexpected(bytes, i, 'an escape: control characters may not stand in a string as they are')
    }
  }
  throw unexpected(bytes, length, 'the end of a string')
}

/**
 * Whether four bytes are all plain. Measured about twice as fast as looking at one after another.
 *
 * The highest bit of a byte shows: by `word` a byte above 0x7f, by the differences a quote, a backslash, a byte below
 * 0x20. A borrow can set it in the byte above one that is not plain, which changes nothing for all four.
 */
function allPlain(word: number): boolean {
  const quote = (word ^ 0x22222222) - 0x01010101
  const backslash = (word ^ 0x5c5c5c5c) - 0x01010101
  return ((word | quote | backslash | (word - 0x20202020)) & -0x7f7f7f80) === 0
}

/** Offset after the run of characters above U+007F at `from`. */
function wideEnd(bytes: Uint8Array, from: number): number {
  const last = bytes.length - 2
  let i = from
  for (;;) {
    // Most of them take three bytes, and only after e0 and ed the second one is restricted further.
    while (i < last) {
      const first = bytes[i] as number
      if (first < 0xe1 || first > 0xef || first === 0xed) break
      if ((bytes[i + 1] as number) >> 6 !== 2 || (bytes[i + 2] as number) >> 6 !== 2) break
      i += 3
    }
    if (i >= bytes.length || (bytes[i] as number) < 0x80) return i
    const size = sequenceSize(bytes, i)
    if (size === 0) throw errorAtByte('UTF8_MALFORMED', i, `byte ${i} begins no valid UTF-8 sequence`)
    i += size
  }
}

function escapeEnd(bytes: Uint8Array, backslash: number): number {
  const letter = backslash + 1 < bytes.length ? (bytes[backslash + 1] as number) : 0
  if (letter !== 0x75) {
    if (simpleEscape(letter) === 0) throw unexpected(bytes, backslash + 1, 'one of " \\ / b f n r t u')
    return backslash + 2
  }
  const unit = hex4(bytes, backslash + 2)
  if (unit < 0) throw unexpected(bytes, firstNonHex(bytes, backslash + 2), 'four hexadecimal digits')
  const after = backslash + 6
  if (unit < 0xd800 || unit > 0xdfff) return after
  const paired = unit <= 0xdbff && bytes[after] === 0x5c && bytes[after + 1] === 0x75
  const low = paired ? hex4(bytes, after + 2) : -1
  if (low < 0xdc00 || low > 0xdfff) {
    throw errorAtByte('JSON_LONE_SURROGATE', backslash, `the escape at byte ${backslash} is half of a surrogate pair`)
  }
  return after + 6
}

function firstNonHex(bytes: Uint8Array, from: number): number {
  let i = from
  while (i < bytes.length && /[0-9a-fA-F]/.test(String.fromCharCode(bytes[i] as number))) i++
  return i
}

/**
 * Applies cuts to one JSON string: its pieces between the quotes (`docs/spec/spans.md`, "Cut list").
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import type { Cut } from './cut-list.ts'

export interface Piece {
  /** Bytes of the body, first and past the last; never empty. */
  readonly start: number
  readonly end: number
  /** True for a passage of the application, false for what stands around it. */
  readonly passage: boolean
  /** Of a passage: what the application calls it. */
  readonly label?: string
}

/** `start` and `end` delimit a valid JSON string token in `bytes`, quotes included. */
export interface StringToken {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
}

/**
 * The pieces of a string in order, without its quotes.
 *
 * @param cuts of this string only, sorted and disjoint
 * @throws {ColophonError} CUT_LIST_MALFORMED where a cut lies outside the string or divides a character
 */
export function cutString(token: StringToken, cuts: readonly Cut[]): Piece[] {
  const first = token.start + 1
  const last = token.end - 1
  const pieces: Piece[] = []
  const boundary = boundaryCheck(token.bytes, first, last)
  let position = first
  for (const cut of cuts) {
    const start = boundary(first + cut.start, cut)
    const end = boundary(first + cut.end, cut)
    if (start > position) pieces.push({ start: position, end: start, passage: false })
    pieces.push({ start, end, passage: true, label: cut.label })
    position = end
  }
  if (position < last) pieces.push({ start: position, end: last, passage: false })
  return pieces
}

/** Walks the string once, character by character, as far as each place asked for; places must not go back. */
function boundaryCheck(bytes: Uint8Array, first: number, last: number): (place: number, cut: Cut) => number {
  let at = first
  return (place, cut) => {
    if (place > last) throw malformed(cut, `a cut ends outside the string of ${last - first} bytes`)
    while (at < place) at = characterEnd(bytes, at)
    if (at > place) throw malformed(cut, 'a cut divides an escape, a UTF-8 sequence or a surrogate pair')
    return place
  }
}

export const BACKSLASH = 0x5c
export const LETTER_U = 0x75

/** Past the character at `at`: a UTF-8 sequence, an escape, or a surrogate pair written as two escapes. */
export function characterEnd(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number
  if (byte === BACKSLASH) {
    if (bytes[at + 1] !== LETTER_U) return at + 2
    return isHighSurrogate(bytes, at + 2) ? at + 12 : at + 6
  }
  if (byte < 0x80) return at + 1
  if (byte < 0xe0) return at + 2
  return byte < 0xf0 ? at + 3 : at + 4
}

/** True for d800 to dbff in hexadecimal digits; the scanner has made sure that the low half follows. */
function isHighSurrogate(bytes: Uint8Array, digits: number): boolean {
  const first = (bytes[digits] as number) | 0x20
  const second = (bytes[digits + 1] as number) | 0x20
  return first === 0x64 && (second === 0x38 || second === 0x39 || second === 0x61 || second === 0x62)
}

/**
 * Where UTF-16 code units of a decoded string stand in it as JSON writes it: bytes after the opening quote.
 *
 * @param units sorted, each at the beginning of a character or at the end
 */
export function unitOffsets({ bytes, start, end }: StringToken, units: readonly number[]): number[] {
  const first = start + 1
  let [at, unit] = [first, 0]
  return units.map((wanted) => {
    while (unit < wanted && at < end - 1) {
      const next = characterEnd(bytes, at)
      unit += isTwoUnits(bytes[at] as number, next - at) ? 2 : 1
      at = next
    }
    return at - first
  })
}

/** A character beyond the basic plane: a sequence of four bytes, or two escapes. */
const isTwoUnits = (byte: number, size: number): boolean => size === 12 || byte >= 0xf0

const malformed = (cut: Cut, message: string): ColophonError =>
  new ColophonError('CUT_LIST_MALFORMED', message, { at: cut.pointer })

/**
 * Cuts one JSON string of an answer into its sentences, so that one of them can be shown without the rest
 * (`docs/spec/spans.md`, "Outputs").
 *
 * Places are those of the decoded text, however a server escapes it, and never divide an escape, a UTF-8 sequence or a
 * surrogate pair written as two escapes. What a sentence is, is a matter of where to cut and of nothing else: nothing is
 * said of the text by it.
 *
 * @module
 */
import { BACKSLASH, characterEnd, LETTER_U, type StringToken } from './string-cuts.ts'

/** Most bytes of a piece, so that a text without sentences can be shown in part too. */
const MAX_PIECE = 256

/** Bytes of the body, first and past the last; never empty. */
export interface OutputPiece {
  readonly start: number
  readonly end: number
}

/**
 * The pieces of a string in order, without its quotes.
 *
 * @param options.most  a string of more is not cut: one with a sentence in every few bytes would have too many leaves
 * @returns none where the string is one piece, or is not cut
 */
export function outputPieces(token: StringToken, options: { readonly most: number }): readonly OutputPiece[] {
  const { bytes, end } = token
  const last = end - 1
  const pieces: OutputPiece[] = []
  let start = token.start + 1
  let isAfterMark = false
  let isEnd = false
  for (let at = start; at < last; ) {
    const next = characterEnd(bytes, at)
    const kind = kindOf(bytes, at, next)
    if ((isEnd && kind <= Kind.mark) || next - start > MAX_PIECE) {
      if (pieces.length === options.most) return []
      pieces.push({ start, end: at })
      start = at
    }
    if (kind >= Kind.space) isEnd ||= isAfterMark || kind === Kind.lineFeed
    else isEnd = kind === Kind.wideMark
    isAfterMark = kind === Kind.mark
    at = next
  }
  if (pieces.length === 0 || pieces.length === options.most) return []
  return [...pieces, { start, end: last }]
}

/** What a character is to this cut; those that may begin a piece come first. */
const Kind = {
  other: 0,
  /** Full stop, exclamation mark, question mark: they end a sentence where white space follows. */
  mark: 1,
  /** The same of scripts that put no space between sentences: they end one wherever they stand. */
  wideMark: 2,
  space: 3,
  lineFeed: 4,
} as const

const KINDS: ReadonlyMap<number, number> = new Map([
  ...[0x2e, 0x21, 0x3f].map((character) => [character, Kind.mark] as const),
  ...[0x3002, 0xff01, 0xff1f].map((character) => [character, Kind.wideMark] as const),
  // Tab, carriage return, space, ideographic space.
  ...[0x09, 0x0d, 0x20, 0x3000].map((character) => [character, Kind.space] as const),
  [0x0a, Kind.lineFeed] as const,
])
/** The same for most characters, which are one byte. */
const KINDS_OF_BYTES = new Uint8Array(0x80).map((_, byte) => KINDS.get(byte) ?? Kind.other)
const KINDS_OF_ESCAPES: ReadonlyMap<number, number> = new Map([
  [0x6e, Kind.lineFeed],
  [0x72, Kind.space],
  [0x74, Kind.space],
])

function kindOf(bytes: Uint8Array, at: number, next: number): number {
  const first = bytes[at] as number
  const size = next - at
  if (first === BACKSLASH) {
    const letter = bytes[at + 1] as number
    if (letter !== LETTER_U) return KINDS_OF_ESCAPES.get(letter) ?? Kind.other
    if (size !== 6) return Kind.other
    return KINDS.get(Number.parseInt(String.fromCharCode(...bytes.subarray(at + 2, next)), 16)) ?? Kind.other
  }
  if (size === 1) return KINDS_OF_BYTES[first] as number
  if (size !== 3) return Kind.other
  const [second, third] = [bytes[at + 1] as number, bytes[at + 2] as number]
  return KINDS.get(((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f)) ?? Kind.other
}

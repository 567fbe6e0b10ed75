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
    const character = codePointAt(bytes, at, next)
    const isSpace = SPACES.has(character)
    const isWideMark = WIDE_MARKS.has(character)
    if ((isEnd && !isSpace && !isWideMark) || next - start > MAX_PIECE) {
      if (pieces.length === options.most) return []
      pieces.push({ start, end: at })
      start = at
    }
    if (isSpace) isEnd ||= isAfterMark || character === LINE_FEED
    else isEnd = isWideMark
    isAfterMark = MARKS.has(character)
    at = next
  }
  if (pieces.length === 0 || pieces.length === options.most) return []
  return [...pieces, { start, end: last }]
}

const LINE_FEED = 0x0a

/** Tab, line feed, carriage return, space, ideographic space. */
const SPACES: ReadonlySet<number> = new Set([0x09, LINE_FEED, 0x0d, 0x20, 0x3000])

/** Full stop, exclamation mark, question mark: they end a sentence where white space follows. */
const MARKS: ReadonlySet<number> = new Set([0x2e, 0x21, 0x3f])

/** The same of scripts that put no space between sentences: they end one wherever they stand. */
const WIDE_MARKS: ReadonlySet<number> = new Set([0x3002, 0xff01, 0xff1f])

const SHORT_ESCAPES: ReadonlyMap<number, number> = new Map([
  [0x6e, LINE_FEED],
  [0x72, 0x0d],
  [0x74, 0x09],
])
const OTHER = -1

/** Of the characters that are asked for; -1 for many others. */
function codePointAt(bytes: Uint8Array, at: number, next: number): number {
  const first = bytes[at] as number
  const size = next - at
  if (first === BACKSLASH) {
    const letter = bytes[at + 1] as number
    if (letter !== LETTER_U) return SHORT_ESCAPES.get(letter) ?? OTHER
    return size === 6 ? Number.parseInt(String.fromCharCode(...bytes.subarray(at + 2, next)), 16) : OTHER
  }
  if (size === 1) return first
  return size === 3
    ? ((first & 0x0f) << 12) | (((bytes[at + 1] as number) & 0x3f) << 6) | ((bytes[at + 2] as number) & 0x3f)
    : OTHER
}

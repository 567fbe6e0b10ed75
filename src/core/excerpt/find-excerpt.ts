/**
 * Where a text stands in an answer (`docs/spec/disclosure.md`, "Excerpts").
 *
 * @module
 */
import type { Dialect } from '../dialects/index.ts'
import type { DisclosedLeaf } from '../disclosure/index.ts'
import { type OutputText, readOutput } from './read-output.ts'

/** Leaves that hold a text together: open, beside one another, in this order. */
export interface ExcerptPlace {
  /** Places of the first and the last leaf in the response. */
  readonly first: number
  readonly last: number
  /** Pointer of the string, or of the first event. */
  readonly at: string
  /** Bytes of the response's body: of the first leaf its first, and past the last leaf's last. */
  readonly offset: number
  readonly end: number
  /** All that these leaves show of the string or the choice: the excerpt, and what they hold round it. */
  readonly text: string
}

/** More would be of no use to anybody. */
const MAX_PLACES = 100

/**
 * Compared character by character, with nothing trimmed or folded.
 *
 * @param input.leaves   of a response; those that are closed show nothing
 * @param input.excerpt  not empty
 * @returns the first places, at most 100, in order
 */
export function findExcerpt(input: {
  readonly leaves: readonly DisclosedLeaf[]
  readonly dialect: Dialect
  readonly excerpt: string
}): readonly ExcerptPlace[] {
  const { leaves, dialect, excerpt } = input
  if (excerpt === '') throw new RangeError('excerpt: got an empty text')
  const places: ExcerptPlace[] = []
  for (const pieces of readOutput(leaves, dialect)) {
    const text = pieces.map((piece) => piece.text).join('')
    for (let start = text.indexOf(excerpt); start >= 0; start = text.indexOf(excerpt, start + excerpt.length)) {
      if (places.length === MAX_PLACES) return places
      places.push(placeOf(pieces, start, start + excerpt.length))
    }
  }
  return places
}

function placeOf(pieces: OutputText, start: number, end: number): ExcerptPlace {
  let position = 0
  const held = pieces.filter(({ text }) => {
    const from = position
    position += text.length
    return from < end && position > start
  })
  const [first, last] = [held[0], held.at(-1)]
  if (first === undefined || last === undefined) throw new RangeError('excerpt: got a place outside the text')
  return {
    first: first.index,
    last: last.index,
    at: first.leaf.pointer,
    offset: first.leaf.offset,
    end: last.leaf.offset + last.leaf.bytes.length,
    text: held.map(({ text }) => text).join(''),
  }
}

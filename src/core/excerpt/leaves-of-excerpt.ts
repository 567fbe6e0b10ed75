/**
 * Which leaves of a response have to be open for a text to be found in it, and no others (`docs/spec/disclosure.md`,
 * "Excerpts").
 *
 * @module
 */
import type { Dialect } from '../dialects/index.ts'
import type { DisclosedLeaf } from '../disclosure/index.ts'
import { findExcerpt } from './find-excerpt.ts'

/**
 * Those of the first place where it stands. In a stream an event can say nothing without one before it, such as that which
 * begins a block: then that is one of them too.
 *
 * @param input.leaves   of a response, all open
 * @param input.excerpt  not empty
 * @returns their places in the response, rising; none where the text is not found
 */
export function leavesOfExcerpt(input: {
  readonly leaves: readonly DisclosedLeaf[]
  readonly dialect: Dialect
  readonly excerpt: string
}): readonly number[] {
  const { leaves } = input
  const [place] = findExcerpt(input)
  if (place === undefined) return []
  const { first, last } = place
  const held = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  const isEnough = (before: readonly number[]): boolean => {
    const open = new Set([...before, ...held])
    const shown = leaves.map((leaf, index) => (open.has(index) ? leaf : closed(leaf)))
    return findExcerpt({ ...input, leaves: shown }).length > 0
  }
  if (isEnough([])) return held
  const before = leaves.flatMap(({ kind }, index) => (kind === 'event' && index < first ? [index] : []))
  return [...fewest(before, isEnough), ...held]
}

/** Leaves out half of them, a quarter, and so on, as long as the rest is enough. */
function fewest(all: readonly number[], isEnough: (some: readonly number[]) => boolean): readonly number[] {
  let kept = all
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length; ) {
      const fewer = kept.toSpliced(at, size)
      if (isEnough(fewer)) kept = fewer
      else at += size
    }
  }
  return kept
}

/** Only so far that it is not read. */
const closed = ({ kind, role, pointer, offset }: DisclosedLeaf): DisclosedLeaf => {
  return { state: 'closed', kind, role, pointer, offset, length: 0, hash: new Uint8Array(0) }
}

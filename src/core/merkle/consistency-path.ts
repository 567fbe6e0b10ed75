/**
 * What a consistency proof is made of: RFC 6962 section 2.1.2.
 *
 * @module
 */
import { completeSubtrees, type LeafRange, type Subtree, splitPoint } from './tree-range.ts'

/** The ranges of leaves behind each hash of a consistency proof; requires 0n <= first <= second. */
export function consistencyRanges({
  first,
  second,
}: {
  readonly first: bigint
  readonly second: bigint
}): readonly LeafRange[] {
  // C2SP tlog-witness: everything is consistent with the empty tree, and the proof is empty.
  if (first === 0n || first === second) return []
  const siblings: LeafRange[] = []
  let start = 0n
  let end = second
  while (first < end) {
    const middle = start + splitPoint(end - start)
    if (first <= middle) {
      siblings.push({ start: middle, end })
      end = middle
    } else {
      siblings.push({ start, end: middle })
      start = middle
    }
  }
  // Where the first tree is itself a subtree on the left edge, its root is known and not repeated.
  if (start !== 0n) siblings.push({ start, end })
  return siblings.reverse()
}

/**
 * The subtrees behind each hash of a consistency proof, in the proof's order.
 *
 * Each item is one hash: the subtrees to fetch for it, to be put together with `joinSubtrees`.
 *
 * @param input.first   size of the older tree; requires 0n <= first <= second
 * @param input.second  size of the newer tree
 * @throws {RangeError} sizes out of range
 */
export function consistencyPath(input: {
  readonly first: bigint
  readonly second: bigint
}): readonly (readonly Subtree[])[] {
  if (input.first < 0n || input.first > input.second) {
    throw new RangeError(`first: got ${input.first}, want 0 .. ${input.second}`)
  }
  return consistencyRanges(input).map(completeSubtrees)
}

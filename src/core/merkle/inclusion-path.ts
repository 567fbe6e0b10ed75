/**
 * What an inclusion proof is made of: RFC 6962 section 2.1.1 (audit path).
 *
 * @module
 */
import { completeSubtrees, type LeafRange, type Subtree, splitPoint } from './tree-range.ts'

/**
 * The subtrees behind each hash of an inclusion proof, leaf's sibling first, root's child last.
 *
 * Each item is one hash of the proof: the subtrees to fetch for it, to be put together with `joinSubtrees`. Most have one;
 * the right edge of the tree takes several.
 *
 * @param input.index  zero-based; requires 0n <= index < size
 * @param input.size   leaves in the tree; 1n .. 2n ** 63n - 1n
 * @throws {RangeError} index or size out of range
 */
export function inclusionPath({
  index,
  size,
}: {
  readonly index: bigint
  readonly size: bigint
}): readonly (readonly Subtree[])[] {
  if (index < 0n || index >= size) throw new RangeError(`index: got ${index}, want 0 .. ${size} - 1`)
  const siblings: LeafRange[] = []
  let start = 0n
  let end = size
  while (end - start > 1n) {
    const middle = start + splitPoint(end - start)
    if (index < middle) {
      siblings.push({ start: middle, end })
      end = middle
    } else {
      siblings.push({ start, end: middle })
      start = middle
    }
  }
  return siblings.reverse().map(completeSubtrees)
}

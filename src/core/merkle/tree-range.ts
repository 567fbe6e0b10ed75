/**
 * Ranges of leaves and the complete subtrees that make them up: RFC 6962 section 2.1, C2SP tlog-tiles.
 *
 * A log keeps hashes of complete subtrees only: (level, index) covers the leaves index * 2^level up to, but not
 * including, (index + 1) * 2^level. Any range that a proof names is made of at most 63 of those.
 *
 * @module
 */

/** Largest size of a tree, and 1 more than the largest index: C2SP bounds both to what a signed 64-bit integer holds. */
export const MAX_TREE_SIZE = (1n << 63n) - 1n

/** A complete subtree. Level 0 is the leaves. */
export interface Subtree {
  readonly level: number // 0 .. 62
  readonly index: bigint
}

/** Leaves from `start` up to, but not including, `end`. */
export interface LeafRange {
  readonly start: bigint
  readonly end: bigint
}

/** Bits needed to write `value` down; 0 for 0n. */
export function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length
}

/** Bits of `value` that are 1. */
export function countOnes(value: bigint): number {
  let count = 0
  for (let rest = value; rest > 0n; rest >>= 1n) if ((rest & 1n) === 1n) count += 1
  return count
}

/** Largest power of two that is smaller than `size`; requires size >= 2n. RFC 6962 calls it k. */
export function splitPoint(size: bigint): bigint {
  return 1n << BigInt(bitLength(size - 1n) - 1)
}

/**
 * The complete subtrees that make up a range, left to right.
 *
 * `start` has to be a multiple of a power of two that is at least as large as the range, as it is for every range of an
 * RFC 6962 proof; then the subtrees are as many as `end - start` has one bits, largest first.
 */
export function completeSubtrees({ start, end }: LeafRange): readonly Subtree[] {
  const subtrees: Subtree[] = []
  let position = start
  while (position < end) {
    const level = bitLength(end - position) - 1
    subtrees.push({ level, index: position >> BigInt(level) })
    position += 1n << BigInt(level)
  }
  return subtrees
}

/** @throws {RangeError} not 0n .. 2n ** 63n - 1n; `label` is the argument's name */
export function checkTreeSize(size: bigint, label: string): void {
  if (typeof size !== 'bigint' || size < 0n || size > MAX_TREE_SIZE) {
    throw new RangeError(`${label}: got ${size}, want a bigint of 0 .. 2^63 - 1`)
  }
}

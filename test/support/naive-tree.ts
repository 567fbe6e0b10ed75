/**
 * Merkle trees by the words of RFC 6962 section 2.1, recursive, on node:crypto and sharing no code with the project:
 * the oracle that fast code is compared with. What was computed is remembered, nothing else is clever.
 */
import { createHash } from 'node:crypto'

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

/** The largest power of two smaller than n; n > 1. */
const split = (n: number): number => {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

export class NaiveTree {
  readonly #leaves: Uint8Array[] = []
  readonly #known: Map<number, Uint8Array> = new Map()

  get size(): number {
    return this.#leaves.length
  }

  add(entry: Uint8Array): void {
    this.#leaves.push(sha256(Uint8Array.of(0), entry))
  }

  leafHash(index: number): Uint8Array {
    return this.#leaves[index] as Uint8Array
  }

  /** MTH(D[start:end]) */
  root(start = 0, end: number = this.size): Uint8Array {
    const size = end - start
    if (size === 0) return sha256()
    if (size === 1) return this.leafHash(start)
    const k = split(size)
    const range = start * 2 ** 26 + end // for trees of fewer than 2^26 leaves
    const known = this.#known.get(range)
    if (known !== undefined) return known
    const root = sha256(Uint8Array.of(1), this.root(start, start + k), this.root(start + k, end))
    this.#known.set(range, root)
    return root
  }

  /** PATH(index, D[start:end]) */
  path(index: number, start = 0, end: number = this.size): Uint8Array[] {
    const size = end - start
    if (size === 1) return []
    const k = split(size)
    if (index < start + k) return [...this.path(index, start, start + k), this.root(start + k, end)]
    return [...this.path(index, start + k, end), this.root(start, start + k)]
  }

  /** PROOF(first, D[0:end]); empty for the empty tree. */
  consistency(first: number, end: number = this.size): Uint8Array[] {
    return first === 0 ? [] : this.#subproof({ first, start: 0, end, isKnown: true })
  }

  /** SUBPROOF(first - start, D[start:end], isKnown) */
  #subproof({
    first,
    start,
    end,
    isKnown,
  }: {
    first: number
    start: number
    end: number
    isKnown: boolean
  }): Uint8Array[] {
    if (first === end) return isKnown ? [] : [this.root(start, end)]
    const middle = start + split(end - start)
    if (first <= middle) return [...this.#subproof({ first, start, end: middle, isKnown }), this.root(middle, end)]
    return [...this.#subproof({ first, start: middle, end, isKnown: false }), this.root(start, middle)]
  }
}

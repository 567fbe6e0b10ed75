/**
 * A naive tree of up to 2^63 leaves, nearly all of them alike: RFC 6962 section 2.1 by its words, on node:crypto. A few
 * leaves are of their own, so that whoever takes another subtree gets another hash.
 */
import { hash } from 'node:crypto'

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(hash('sha256', parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts), 'buffer'))
const join = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(Uint8Array.of(1), left, right)

/** The largest power of two smaller than n; n > 1. */
const split = (n: bigint): bigint => 1n << BigInt((n - 1n).toString(2).length - 1)

/** `ALIKE[h]` is the root over 2^h leaves that are alike. */
const ALIKE: Uint8Array[] = [sha256(Uint8Array.of(0))]
for (let height = 1; height < 63; height++) {
  const below = ALIKE[height - 1] as Uint8Array
  ALIKE.push(join(below, below))
}

export class SparseTree {
  readonly #own: readonly bigint[]
  readonly #known: Map<string, Uint8Array> = new Map()

  /** @param own  indexes of the leaves that are like no other */
  constructor(own: readonly bigint[]) {
    this.#own = own
  }

  leafHash(index: bigint): Uint8Array {
    return this.#own.includes(index) ? sha256(Uint8Array.of(0), Buffer.from(`${index}`)) : (ALIKE[0] as Uint8Array)
  }

  /** MTH(D[start:end]) */
  root(start: bigint, end: bigint): Uint8Array {
    const size = end - start
    if (size === 0n) return sha256()
    if (size === 1n) return this.leafHash(start)
    const k = split(size)
    if (k * 2n === size && !this.#own.some((index) => index >= start && index < end)) {
      return ALIKE[k.toString(2).length] as Uint8Array
    }
    const name = `${start}-${end}`
    const known = this.#known.get(name) ?? join(this.root(start, start + k), this.root(start + k, end))
    this.#known.set(name, known)
    return known
  }

  /** PATH(index, D[start:end]) */
  path(index: bigint, start: bigint, end: bigint): Uint8Array[] {
    if (end - start === 1n) return []
    const middle = start + split(end - start)
    if (index < middle) return [...this.path(index, start, middle), this.root(middle, end)]
    return [...this.path(index, middle, end), this.root(start, middle)]
  }

  /** PROOF(first, D[0:end]); 0 < first */
  consistency(first: bigint, end: bigint, start = 0n, isKnown = true): Uint8Array[] {
    if (first === end) return isKnown ? [] : [this.root(start, end)]
    const middle = start + split(end - start)
    if (first <= middle) return [...this.consistency(first, middle, start, isKnown), this.root(middle, end)]
    return [...this.consistency(first, end, middle, false), this.root(start, middle)]
  }
}

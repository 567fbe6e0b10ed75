/**
 * The right edge of a growing tree: the roots of the complete subtrees that its leaves make up, largest first.
 *
 * It is all that a log needs to go on appending and to compute its root (RFC 6962 section 2.1; "compact range" elsewhere):
 * at most 63 hashes, as many as the size has one bits.
 *
 * @module
 */
import type { Sha256 } from '../hash/index.ts'
import { emptyRoot, joinSubtrees, nodeHash } from './hasher.ts'
import { checkHash } from './inclusion-proof.ts'
import { checkTreeSize, countOnes, MAX_TREE_SIZE, type Subtree } from './tree-range.ts'

/** A complete subtree with its root hash. */
export interface SubtreeHash extends Subtree {
  readonly hash: Uint8Array
}

/** What a right edge is restored from. Not trusted by itself: compare `root()` with a signed checkpoint. */
export interface RightEdgeState {
  readonly size: bigint
  readonly hashes: readonly Uint8Array[] // largest subtree first, 32 bytes each
}

export class RightEdge {
  readonly #sha256: Sha256 | undefined
  readonly #hashes: Uint8Array[]
  #size: bigint

  /** @throws {RangeError} a size out of range, or hashes that do not fit it */
  constructor(state: RightEdgeState = { size: 0n, hashes: [] }, sha256?: Sha256) {
    checkTreeSize(state.size, 'size')
    const want = countOnes(state.size)
    if (state.hashes.length !== want) throw new RangeError(`hashes: got ${state.hashes.length}, want ${want}`)
    for (const [position, hash] of state.hashes.entries()) checkHash(hash, `hashes[${position}]`)
    this.#size = state.size
    this.#hashes = [...state.hashes]
    this.#sha256 = sha256
  }

  /** Leaves so far. */
  get size(): bigint {
    return this.#size
  }

  /** Roots of the complete subtrees, largest first. */
  get hashes(): readonly Uint8Array[] {
    return [...this.#hashes]
  }

  /**
   * Adds a leaf.
   *
   * @param leafHash  32 bytes
   * @returns every subtree that this leaf completes, itself first, with its hash: what a store of tiles has to write
   * @throws {RangeError} the hash is not 32 bytes, or the tree is full
   */
  append(leafHash: Uint8Array): readonly SubtreeHash[] {
    checkHash(leafHash, 'leafHash')
    if (this.#size === MAX_TREE_SIZE) throw new RangeError('leafHash: the tree is full')
    const completed: SubtreeHash[] = [{ level: 0, index: this.#size, hash: leafHash }]
    let hash = leafHash
    let level = 0
    for (let rest = this.#size; (rest & 1n) === 1n; rest >>= 1n) {
      hash = nodeHash({ left: this.#hashes.pop() as Uint8Array, right: hash }, this.#sha256)
      level += 1
      completed.push({ level, index: rest >> 1n, hash })
    }
    this.#hashes.push(hash)
    this.#size += 1n
    return completed
  }

  /** Root hash of the tree so far. */
  root(): Uint8Array {
    return this.#size === 0n ? emptyRoot(this.#sha256) : joinSubtrees(this.#hashes, this.#sha256)
  }
}

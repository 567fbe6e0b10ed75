/**
 * The log's tree, made again from its leaves: every tile of every level, and the root of every size that it ever had.
 *
 * RFC 6962 section 2.1; tiles of height 8 as in C2SP tlog-tiles. Leaves come one by one. Kept are the right edge, one open
 * tile per level, and 32 bytes for the root of each size.
 *
 * @module
 */
import { concatBytes } from '../../core/bytes/index.ts'
import type { Sha256 } from '../../core/hash/index.ts'
import { HASH_SIZE, RightEdge } from '../../core/merkle/index.ts'
import { TILE_HEIGHT, TILE_WIDTH } from '../../core/tiles/index.ts'
import type { StoredTile } from '../log/index.ts'

interface OpenTile {
  readonly index: bigint
  readonly hashes: Uint8Array[]
}

export class DerivedTree {
  readonly #hash: Sha256
  readonly #edge: RightEdge
  readonly #open = new Map<number, OpenTile>()
  readonly #roots: RootList

  constructor(hash: Sha256) {
    this.#hash = hash
    this.#edge = new RightEdge(undefined, hash)
    this.#roots = new RootList()
    this.#roots.push(this.#edge.root())
  }

  /** Leaves so far. */
  get size(): bigint {
    return this.#edge.size
  }

  /** @param leafHash 32 bytes @returns the tiles that it fills, level 0 first */
  append(leafHash: Uint8Array): readonly StoredTile[] {
    const full: StoredTile[] = []
    for (const { level, index, hash } of this.#edge.append(leafHash)) {
      if (level % TILE_HEIGHT !== 0) continue
      const tile = this.#put({ level: level / TILE_HEIGHT, index, hash })
      if (tile !== undefined) full.push(tile)
    }
    this.#roots.push(this.#edge.root())
    return full
  }

  #put({ level, index, hash }: { level: number; index: bigint; hash: Uint8Array }): StoredTile | undefined {
    const tile = this.#open.get(level) ?? { index: index / BigInt(TILE_WIDTH), hashes: [] }
    tile.hashes.push(hash)
    if (tile.hashes.length < TILE_WIDTH) {
      this.#open.set(level, tile)
      return undefined
    }
    this.#open.delete(level)
    return { level, index: tile.index, hashes: concatBytes(...tile.hashes) }
  }

  /** The tiles on the right edge that are not full. */
  partialTiles(): readonly StoredTile[] {
    return [...this.#open].map(([level, { index, hashes }]) => ({ level, index, hashes: concatBytes(...hashes) }))
  }

  /** The root that this tree had, or has, with `size` leaves; undefined where it has not got there. */
  rootAt(size: bigint): Uint8Array | undefined {
    return size < 0n || size > this.size ? undefined : this.#roots.at(Number(size))
  }

  /** The root that it would have with these leaves more. */
  rootWith(leafHashes: readonly Uint8Array[]): Uint8Array {
    const edge = new RightEdge({ size: this.#edge.size, hashes: this.#edge.hashes }, this.#hash)
    for (const leafHash of leafHashes) edge.append(leafHash)
    return edge.root()
  }
}

/** Hashes one after the other, in blocks, since each needs 32 bytes and a log has millions. */
class RootList {
  static readonly #perBlock = 8_192
  readonly #blocks: Uint8Array[] = []
  #length = 0

  push(root: Uint8Array): void {
    const place = this.#length % RootList.#perBlock
    if (place === 0) this.#blocks.push(new Uint8Array(RootList.#perBlock * HASH_SIZE))
    this.#blocks.at(-1)?.set(root, place * HASH_SIZE)
    this.#length += 1
  }

  at(position: number): Uint8Array | undefined {
    const start = (position % RootList.#perBlock) * HASH_SIZE
    return this.#blocks[Math.floor(position / RootList.#perBlock)]?.subarray(start, start + HASH_SIZE)
  }
}

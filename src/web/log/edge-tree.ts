/**
 * The right edge of a log's Merkle tree, kept in memory so that appending and proving cost no reads.
 *
 * RFC 6962 section 2.1; tiles of height 8 as in C2SP tlog-tiles. Per tile level it keeps the one tile that the edge runs
 * through, with its inner nodes: at most 8 levels of 511 hashes. While a group of appends is staged it also keeps the
 * tiles that the group filled. That is all a proof needs of an entry appended since the last `settle()`: every sibling on
 * its path lies in one of those tiles, or on the edge itself.
 *
 * Sizes are numbers here (a tree of 2^53 leaves is out of reach); the sequencer's API has bigints.
 *
 * @module
 */
import { concatBytes } from '../../core/bytes/index.ts'
import { type Sha256, sha256 } from '../../core/hash/index.ts'
import { emptyRoot, nodeHash } from '../../core/merkle/index.ts'
import { TILE_HEIGHT, TILE_WIDTH } from '../../core/tiles/index.ts'
import type { StoredTile } from './ports.ts'

/** Seven levels of tiles hold 2^56 leaves. */
const LEVELS = 7

/** A tile with its inner nodes. `nodes[h][k]` is the root over hashes [k 2^h, (k + 1) 2^h) of the tile. */
interface EdgeTile {
  readonly index: number
  readonly nodes: readonly Uint8Array[][]
}

/** Place of the tree's edge in one level of tiles. */
interface EdgePlace {
  readonly tileIndex: number
  /** Hashes in that tile, 0 to 255. */
  readonly width: number
}

const edgePlace = (size: number, level: number): EdgePlace => {
  const hashes = Math.floor(size / TILE_WIDTH ** level)
  return { tileIndex: Math.floor(hashes / TILE_WIDTH), width: hashes % TILE_WIDTH }
}

/** Coordinates and width of the partial tiles on the right edge of a tree, level 0 first. */
export const edgeTiles = (size: number): readonly { level: number; index: number; width: number }[] => {
  const tiles: { level: number; index: number; width: number }[] = []
  for (let level = 0; level < LEVELS; level++) {
    const { tileIndex, width } = edgePlace(size, level)
    if (width > 0) tiles.push({ level, index: tileIndex, width })
  }
  return tiles
}

export class EdgeTree {
  readonly #hash: Sha256
  /** Per level, neighbouring tiles in order; the last one is open. */
  readonly #levels: EdgeTile[][] = Array.from({ length: LEVELS }, () => [])
  #size = 0
  #settledSize = 0

  /**
   * @param state.size   leaves in the tree
   * @param state.tiles  the hashes of each tile that `edgeTiles(size)` names, in its order and of exactly its width
   */
  constructor(state: { size: number; tiles: readonly Uint8Array[] }, hash: Sha256 = sha256) {
    this.#hash = hash
    for (const [at, { level, width }] of edgeTiles(state.size).entries()) {
      // #push finds a tile's place from the size, so that the tile is filled as if its leaves came one by one.
      const hashes = state.tiles[at] as Uint8Array
      for (let i = 0; i < width; i++) {
        const { tileIndex } = edgePlace(state.size, level)
        this.#push({ level, tileIndex, node: hashes.slice(i * 32, i * 32 + 32) })
      }
    }
    this.#size = state.size
    this.#settledSize = state.size
  }

  /** Leaves, staged ones included. */
  get size(): number {
    return this.#size
  }

  /** Stages a leaf. @param leafHash 32 bytes */
  append(leafHash: Uint8Array): void {
    let node = leafHash
    for (let level = 0; ; level++) {
      const tile = this.#push({ level, tileIndex: edgePlace(this.#size, level).tileIndex, node })
      const top = tile.nodes[TILE_HEIGHT]?.[0]
      if (top === undefined) break
      node = top
    }
    this.#size += 1
  }

  /** Puts one hash into a level's open tile and computes the inner nodes that it completes. */
  #push({ level, tileIndex, node }: { level: number; tileIndex: number; node: Uint8Array }): EdgeTile {
    const tiles = this.#levels[level] as EdgeTile[]
    let tile = tiles.at(-1)
    if (tile === undefined || tile.index !== tileIndex) {
      tile = { index: tileIndex, nodes: Array.from({ length: TILE_HEIGHT + 1 }, () => []) }
      tiles.push(tile)
    }
    let current = node
    for (let height = 0; height <= TILE_HEIGHT; height++) {
      const row = tile.nodes[height] as Uint8Array[]
      row.push(current)
      if (row.length % 2 === 1) break
      current = nodeHash({ left: row[row.length - 2] as Uint8Array, right: current }, this.#hash)
    }
    return tile
  }

  /** The complete subtree of 2^height leaves number `position`; it lies in a tile that is kept. */
  #node(height: number, position: number): Uint8Array {
    const tiles = this.#levels[Math.floor(height / TILE_HEIGHT)] as EdgeTile[]
    const heightInTile = height % TILE_HEIGHT
    const rowWidth = TILE_WIDTH >> heightInTile
    const first = tiles[0] as EdgeTile
    const tile = tiles[Math.floor(position / rowWidth) - first.index] as EdgeTile
    return (tile.nodes[heightInTile] as Uint8Array[])[position % rowWidth] as Uint8Array
  }

  /**
   * Root of the tree, and of what is left over beyond its complete subtrees: `remainders[h]` is the root over the last
   * size mod 2^h leaves, undefined where that is none.
   */
  #edge(): { root: Uint8Array; remainders: (Uint8Array | undefined)[] } {
    const remainders: (Uint8Array | undefined)[] = []
    let right: Uint8Array | undefined
    for (let height = 0, rest = this.#size; rest > 0; height++, rest = Math.floor(rest / 2)) {
      remainders.push(right)
      if (rest % 2 === 0) continue
      const left = this.#node(height, rest - 1)
      right = right === undefined ? left : nodeHash({ left, right }, this.#hash)
    }
    return { root: right ?? emptyRoot(this.#hash), remainders }
  }

  /** Root hash, staged leaves included. */
  root(): Uint8Array {
    return this.#edge().root
  }

  /**
   * Root hash and the inclusion proof of every staged leaf under it, in order (RFC 6962 section 2.1.1, leaf to root).
   * Costs one pass over the edge; the proofs are look-ups.
   */
  prove(): { root: Uint8Array; proofs: readonly (readonly Uint8Array[])[] } {
    const { root, remainders } = this.#edge()
    const proofs: Uint8Array[][] = []
    for (let leaf = this.#settledSize; leaf < this.#size; leaf++) {
      const proof: Uint8Array[] = []
      let position = leaf
      // `last` is the position of the last node at this height, complete or not.
      for (let height = 0, last = this.#size - 1; last > 0; height++, last = Math.floor(last / 2)) {
        if (position % 2 === 1) {
          proof.push(this.#node(height, position - 1))
        } else if (position < last) {
          // The right sibling is the edge's own, incomplete node only where it is the last one and leaves are left over.
          const incomplete = position + 1 === last ? remainders[height] : undefined
          const complete = this.#size >= (position + 2) * 2 ** height
          proof.push(complete ? this.#node(height, position + 1) : (incomplete as Uint8Array))
        }
        position = Math.floor(position / 2)
      }
      proofs.push(proof)
    }
    return { root, proofs }
  }

  /** Every tile that the staged leaves changed, whole. */
  changedTiles(): readonly StoredTile[] {
    const changed: StoredTile[] = []
    for (let level = 0; level < LEVELS; level++) {
      const span = TILE_WIDTH ** level
      if (Math.floor(this.#settledSize / span) === Math.floor(this.#size / span)) break
      for (const tile of this.#levels[level] as EdgeTile[]) {
        changed.push({ level, index: BigInt(tile.index), hashes: concatBytes(...(tile.nodes[0] as Uint8Array[])) })
      }
    }
    return changed
  }

  /** Keeps the staged leaves, and forgets all tiles but the open ones. */
  settle(): void {
    for (const [level, tiles] of this.#levels.entries()) {
      const { tileIndex } = edgePlace(this.#size, level)
      while (tiles.length > 0 && (tiles[0] as EdgeTile).index < tileIndex) tiles.shift()
    }
    this.#settledSize = this.#size
  }

  /** Forgets the staged leaves. */
  rollback(): void {
    for (const [level, tiles] of this.#levels.entries()) {
      const { tileIndex, width } = edgePlace(this.#settledSize, level)
      while (tiles.length > 0 && (tiles.at(-1) as EdgeTile).index > tileIndex) tiles.pop()
      const open = tiles.at(-1)
      if (open === undefined) continue
      if (width === 0) tiles.pop()
      else for (const [height, row] of open.nodes.entries()) row.length = width >> height
    }
    this.#size = this.#settledSize
  }
}

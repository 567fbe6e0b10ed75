/**
 * Proofs made from hash tiles, none of which is believed: RFC 6962 section 2.1, C2SP tlog-tiles.
 *
 * Whoever has a log's signed checkpoint needs nothing else of the log but its tiles. The partial tiles, on the tree's
 * right edge, have to lead to the signed root; a full tile has to lead to its hash in the tile one level up. So every
 * hash in a proof is the signed tree's, and a tile that is not is named.
 *
 * A proof takes the tiles on one path and on the edge, at most 16 of them. Up to 64 are kept, so that each is read once.
 *
 * @module
 */
import { equalBytes } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import type { Sha256 } from '../hash/index.ts'
import {
  type ConsistencyProof,
  completeSubtrees,
  consistencyPath,
  emptyRoot,
  HASH_SIZE,
  type InclusionProof,
  inclusionPath,
  joinSubtrees,
  type Subtree,
  type TreeHead,
  verifyConsistency,
  verifyInclusion,
} from '../merkle/index.ts'
import { HashTile } from './hash-tile.ts'
import { TILE_HEIGHT, type TileCoordinates, tilePath } from './tile.ts'
import { TILE_WIDTH } from './tile-place.ts'
import { partialTiles, tileWidth } from './tiles-of-tree.ts'

/**
 * Reads a tile: its first `width` hashes of 32 bytes, one after another, or more of them where the tile has grown since
 * (C2SP allows a log to keep the full tile only). Undefined where there is none.
 */
export type TileReader = (tile: TileCoordinates) => Promise<Uint8Array | undefined>

export interface TileTreeOptions {
  readonly readTile: TileReader
  /** Of a checkpoint whose signature was verified. */
  readonly head: TreeHead
  /** A faster SHA-256 where there is one. */
  readonly sha256?: Sha256
}

/** Full tiles that are kept. */
const MAX_KEPT = 64

/** A tree whose head is signed and whose tiles are read as they are needed. */
export class TileTree {
  readonly head: TreeHead
  readonly #readTile: TileReader
  readonly #sha256: Sha256 | undefined
  readonly #edge: Map<string, HashTile> = new Map()
  readonly #kept: Map<string, Promise<HashTile>> = new Map()

  private constructor({ readTile, head, sha256 }: TileTreeOptions) {
    this.head = head
    this.#readTile = readTile
    this.#sha256 = sha256
  }

  /**
   * Reads the tiles on the right edge.
   *
   * @throws {ColophonError} TILE_MISMATCH  they do not lead to the head's root hash
   * @throws {ColophonError} TILE_NOT_FOUND, TILE_MALFORMED, and what the reader throws
   */
  static async open(options: TileTreeOptions): Promise<TileTree> {
    const tree = new TileTree(options)
    const edge = partialTiles(options.head.size)
    await Promise.all(edge.map(async (tile) => tree.#edge.set(keyOf(tile), await tree.#read(tile))))
    const root = await tree.rootHash(options.head.size)
    if (equalBytes({ left: root, right: options.head.root })) return tree
    throw mismatch(edge.map(tilePath), 'the root hash of the checkpoint')
  }

  /** Root hash of the first `size` leaves. @throws {RangeError} more than the tree has @throws as `proveInclusion` */
  async rootHash(size: bigint): Promise<Uint8Array> {
    if (size < 0n || size > this.head.size) throw new RangeError(`size: got ${size}, want 0 .. ${this.head.size}`)
    return size === 0n ? emptyRoot(this.#sha256) : await this.#join(completeSubtrees({ start: 0n, end: size }))
  }

  /** Hash of a leaf. @throws as `proveInclusion` */
  async leafHash(index: bigint): Promise<Uint8Array> {
    if (index < 0n || index >= this.head.size)
      throw new RangeError(`index: got ${index}, want 0 .. ${this.head.size} - 1`)
    return await this.#node({ level: 0, index })
  }

  /**
   * The proof that a leaf is in the tree, verified.
   *
   * @throws {RangeError} the tree has no such leaf
   * @throws {ColophonError} TILE_MISMATCH  a tile that is not of this tree, named in `at`
   * @throws {ColophonError} TILE_NOT_FOUND, TILE_MALFORMED, and what the reader throws
   */
  async proveInclusion(leafIndex: bigint): Promise<InclusionProof> {
    const { size, root } = this.head
    const proof = await this.#hashes(inclusionPath({ index: leafIndex, size }))
    const proven = { leafHash: await this.leafHash(leafIndex), leafIndex, treeSize: size, proof }
    verifyInclusion({ ...proven, rootHash: root }, this.#sha256)
    return proven
  }

  /**
   * The proof that the tree begins with its first `size` leaves, verified. Whether somebody was once shown that older
   * tree is another question: compare `first.root` with the older checkpoint.
   *
   * @throws {RangeError} more than the tree has
   * @throws {ColophonError} as `proveInclusion`
   */
  async proveConsistency(size: bigint): Promise<ConsistencyProof> {
    const proof = await this.#hashes(consistencyPath({ first: size, second: this.head.size }))
    const proven = { first: { size, root: await this.rootHash(size) }, second: this.head, proof }
    verifyConsistency(proven, this.#sha256)
    return proven
  }

  async #hashes(path: readonly (readonly Subtree[])[]): Promise<Uint8Array[]> {
    const hashes: Uint8Array[] = []
    for (const subtrees of path) hashes.push(await this.#join(subtrees))
    return hashes
  }

  async #join(subtrees: readonly Subtree[]): Promise<Uint8Array> {
    const hashes: Uint8Array[] = []
    for (const subtree of subtrees) hashes.push(await this.#node(subtree))
    return joinSubtrees(hashes, this.#sha256)
  }

  /** Root hash of a complete subtree. */
  async #node({ level, index }: Subtree): Promise<Uint8Array> {
    const height = level % TILE_HEIGHT
    const inTile = BigInt(TILE_HEIGHT - height)
    const tile = await this.#tile({ level: Math.floor(level / TILE_HEIGHT), index: index >> inTile })
    return tile.node({ height, position: Number(index & ((1n << inTile) - 1n)) }) as Uint8Array
  }

  /** A tile of this tree, checked. */
  #tile(place: { readonly level: number; readonly index: bigint }): Promise<HashTile> | HashTile {
    const key = keyOf(place)
    const known = this.#edge.get(key) ?? this.#kept.get(key)
    if (known !== undefined) return known
    const reading = this.#readFull({ ...place, width: tileWidth({ ...place, size: this.head.size }) })
    const [oldest] = this.#kept.keys()
    if (this.#kept.size >= MAX_KEPT) this.#kept.delete(oldest as string)
    this.#kept.set(key, reading)
    reading.catch(() => this.#kept.delete(key))
    return reading
  }

  /** A full tile, which is in the tree if its root is in the tile above. */
  async #readFull(tile: TileCoordinates): Promise<HashTile> {
    const above = await this.#node({ level: (tile.level + 1) * TILE_HEIGHT, index: tile.index })
    const read = await this.#read(tile)
    const root = read.node({ height: TILE_HEIGHT, position: 0 }) as Uint8Array
    if (equalBytes({ left: root, right: above })) return read
    throw mismatch([tilePath(tile)], 'its hash in the tile above')
  }

  async #read(tile: TileCoordinates): Promise<HashTile> {
    const hashes = await this.#readTile(tile)
    const at = tilePath(tile)
    if (hashes === undefined) throw new ColophonError('TILE_NOT_FOUND', 'a tile is not there', { at })
    const want = tile.width * HASH_SIZE
    const isWhole = hashes.length % HASH_SIZE === 0 && hashes.length <= TILE_WIDTH * HASH_SIZE
    if (hashes.length >= want && isWhole) return new HashTile(hashes.subarray(0, want), this.#sha256)
    throw new ColophonError('TILE_MALFORMED', `a tile has ${hashes.length} bytes, want ${want}`, { at })
  }
}

const keyOf = ({ level, index }: { readonly level: number; readonly index: bigint }): string => `${level}/${index}`

/** Several tiles on the edge vouch for one root hash together, so that only together can they be wrong. */
function mismatch(paths: readonly string[], what: string): ColophonError {
  const message = paths.length === 1 ? `a tile does not lead to ${what}` : `one of these tiles does not lead to ${what}`
  return new ColophonError('TILE_MISMATCH', message, paths.length === 0 ? {} : { at: paths.join(', ') })
}

/**
 * Reading a log's right edge back from its store, believing nothing: every hash that later roots and proofs will be built
 * on is checked against the checkpoint that the log's own key signed.
 *
 * What is not checked here, because no new checkpoint is computed from it: tiles left of the edge and older entries.
 *
 * @module
 */
import { equalBytes } from '../../core/bytes/index.ts'
import { type Checkpoint, openCheckpoint } from '../../core/checkpoint/index.ts'
import { ColophonError } from '../../core/errors.ts'
import type { Sha256 } from '../../core/hash/index.ts'
import { HASH_SIZE, leafHash, rootHash } from '../../core/merkle/index.ts'
import type { VerifierKey } from '../../core/note/index.ts'
import type { SignatureVerifier } from '../../core/signature/index.ts'
import { TILE_WIDTH } from '../../core/tiles/index.ts'
import { EdgeTree, edgeTiles } from './edge-tree.ts'
import type { LogStore, StoredLog, TileKey } from './ports.ts'

export interface LoadInput {
  readonly store: LogStore<never>
  readonly logKey: VerifierKey
  readonly verifier: SignatureVerifier
  readonly hash: Sha256
}

/** A log as it was found, with a tree that its checkpoint vouches for. */
export interface LoadedLog {
  readonly tree: EdgeTree
  readonly stored: StoredLog
}

const damaged = (message: string, cause?: unknown): ColophonError =>
  new ColophonError('STORE_DAMAGED', message, { fatal: true, ...(cause === undefined ? {} : { cause }) })

const describeTile = ({ level, index }: TileKey): string => `tile (level ${level}, index ${index})`

/** The stored checkpoint, verified; undefined for a log without entries or checkpoint. */
const openStored = async (stored: StoredLog, input: LoadInput): Promise<Checkpoint | undefined> => {
  if (stored.size < 0n || stored.size > BigInt(Number.MAX_SAFE_INTEGER))
    throw damaged(`the log has size ${stored.size}`)
  if (stored.checkpoint === undefined) {
    if (stored.size === 0n) return undefined
    throw damaged(`the log has ${stored.size} entries and no checkpoint`)
  }
  const { logKey, verifier } = input
  const { checkpoint } = await openCheckpoint({ signedNote: stored.checkpoint, logKey, verifier }).catch(
    (cause: unknown) => {
      throw damaged(`the stored checkpoint is not one that the key of ${logKey.name} signed`, cause)
    },
  )
  if (checkpoint.size !== stored.size) {
    throw damaged(`the stored checkpoint is of ${checkpoint.size} entries, want ${stored.size}`)
  }
  return checkpoint
}

const readTile = async (tile: TileKey & { readonly width: number }, store: LogStore<never>): Promise<Uint8Array> => {
  const hashes = await store.readTile(tile)
  if (hashes === undefined) throw damaged(`${describeTile(tile)} is missing`)
  if (hashes.length !== tile.width * HASH_SIZE) {
    throw damaged(`${describeTile(tile)} has ${hashes.length} bytes, want ${tile.width * HASH_SIZE}`)
  }
  return hashes
}

const hashAt = (hashes: Uint8Array, position: number): Uint8Array =>
  hashes.subarray(position * HASH_SIZE, (position + 1) * HASH_SIZE)

const rootOfTile = (hashes: Uint8Array, hash: Sha256): Uint8Array =>
  rootHash(
    Array.from({ length: hashes.length / HASH_SIZE }, (_, position) => hashAt(hashes, position)),
    hash,
  )

/** The entries of the last tile are those that its leaf hashes speak of. */
const checkEntries = async (tile: { index: bigint; hashes: Uint8Array }, { store, hash }: LoadInput): Promise<void> => {
  const start = tile.index * BigInt(TILE_WIDTH)
  const width = tile.hashes.length / HASH_SIZE
  const entries = await store.readEntries({ start, end: start + BigInt(width) })
  if (entries.length !== width) throw damaged(`the store has ${entries.length} entries from ${start} on, want ${width}`)
  for (const [position, entry] of entries.entries()) {
    if (!equalBytes({ left: leafHash(entry, hash), right: hashAt(tile.hashes, position) })) {
      throw damaged(`entry ${start + BigInt(position)} is not the one that the tree has`)
    }
  }
}

/**
 * A full last tile is not on the edge itself; one level up, its root is. It may be full on several levels at once.
 *
 * @returns the last tile of level 0
 */
const readFullLastTile = async (size: number, { store, hash }: LoadInput): Promise<Uint8Array> => {
  let child: Uint8Array | undefined
  let last: Uint8Array | undefined
  for (let level = 0, hashes = size; ; level++, hashes /= TILE_WIDTH) {
    const width = hashes % TILE_WIDTH === 0 ? TILE_WIDTH : hashes % TILE_WIDTH
    const index = BigInt(Math.ceil(hashes / TILE_WIDTH) - 1)
    const tile = await readTile({ level, index, width }, store)
    if (child !== undefined && !equalBytes({ left: child, right: hashAt(tile, width - 1) })) {
      throw damaged(`${describeTile({ level, index })} does not have the root of the tile below it`)
    }
    last ??= tile
    if (width < TILE_WIDTH) return last
    child = rootOfTile(tile, hash)
  }
}

/**
 * Loads the log and checks it: signature, origin and size of the checkpoint; the root over the tiles on the right edge;
 * the entries of the last tile.
 *
 * @throws {ColophonError} STORE_DAMAGED  (fatal) anything does not fit
 * @throws {ColophonError} STORE_FAILED   the store cannot be read
 */
export const loadTree = async (input: LoadInput): Promise<LoadedLog> => {
  const { store, hash } = input
  const stored = await store.load()
  const checkpoint = await openStored(stored, input)
  const size = Number(stored.size)
  const tiles: Uint8Array[] = []
  for (const { level, index, width } of edgeTiles(size)) {
    tiles.push(await readTile({ level, index: BigInt(index), width }, store))
  }
  const tree = new EdgeTree({ size, tiles }, hash)
  if (checkpoint !== undefined && !equalBytes({ left: tree.root(), right: checkpoint.rootHash })) {
    throw damaged('the tiles on the right edge do not lead to the root hash of the checkpoint')
  }
  if (size > 0) {
    const last = size % TILE_WIDTH === 0 ? await readFullLastTile(size, input) : (tiles[0] as Uint8Array)
    await checkEntries({ index: BigInt(Math.ceil(size / TILE_WIDTH) - 1), hashes: last }, input)
  }
  return { tree, stored }
}

/**
 * The whole log against itself: every entry, every tile of every level, the root of the signed checkpoint, its signature.
 *
 * `openLog` looks at the right edge alone, which is what it builds on. Here everything is made again from the entries, in
 * one pass, a tile's worth of entries in memory at a time. What is left to say of each stored proof is whether it is of
 * this tree; so the roots of all sizes are kept.
 *
 * @module
 */
import { equalBytes } from '../../core/bytes/index.ts'
import { openCheckpoint } from '../../core/checkpoint/index.ts'
import type { Sha256 } from '../../core/hash/index.ts'
import { HASH_SIZE } from '../../core/merkle/index.ts'
import type { VerifierKey } from '../../core/note/index.ts'
import type { SignatureVerifier } from '../../core/signature/index.ts'
import { TILE_WIDTH } from '../../core/tiles/index.ts'
import type { StoredLog, StoredTile, TileKey } from '../log/index.ts'
import { DerivedTree } from './derived-tree.ts'
import type { Findings } from './findings.ts'
import type { CheckableLog } from './ports.ts'
import { readLeaves } from './read-leaves.ts'

export interface CheckLogInput {
  readonly log: CheckableLog
  readonly logKey: VerifierKey
  readonly verifier: SignatureVerifier
  readonly hash: Sha256
  readonly findings: Findings
  /** Called after each tile's worth. */
  readonly onProgress: (entries: bigint, size: bigint) => void
}

export interface CheckedLog {
  /** Entries that the log should have. */
  readonly size: bigint
  /** The log's tree, as far as it could be made again. */
  readonly tree: DerivedTree
  /** Tiles that were compared. */
  readonly tiles: number
}

export async function checkLog(input: CheckLogInput): Promise<CheckedLog> {
  const { log, hash, findings, onProgress } = input
  const { size, signedRoot } = await checkHead(input)
  const tree = new DerivedTree(hash)
  let tiles = 0
  const compare = async (tile: StoredTile): Promise<void> => {
    await compareTile(tile, input)
    tiles += 1
  }
  while (tree.size < size) {
    const leaves = await readLeaves({ log, tree, size, signedRoot, hash, findings })
    if (leaves === undefined) {
      findings.problem('NOT_CHECKED', `entry ${tree.size}`, 'the tree cannot be made from here on')
      break
    }
    for (const leaf of leaves) for (const tile of tree.append(leaf)) await compare(tile)
    onProgress(tree.size, size)
  }
  if (tree.size === size) {
    for (const tile of tree.partialTiles()) await compare(tile)
    if (signedRoot !== undefined && !equalBytes({ left: signedRoot, right: tree.rootAt(size) as Uint8Array })) {
      findings.problem('ROOT_DIFFERS', `size ${size}`, 'the entries lead to another root hash than the log signed')
    }
  }
  await findStrays(input, size)
  return { size, tree, tiles }
}

interface Head {
  readonly size: bigint
  readonly signedRoot: Uint8Array | undefined
}

/** Size and checkpoint. Where the two differ, the checkpoint is believed: it is signed. */
async function checkHead({ log, logKey, verifier, findings }: CheckLogInput): Promise<Head> {
  const stored = await findings.attempt('UNREADABLE', 'log head', () => log.load())
  const last = await findings.attempt('UNREADABLE', 'entries', () => log.lastIndex())
  const size = stored?.size ?? (last === undefined ? 0n : last + 1n)
  if (stored?.checkpoint === undefined) {
    if (size > 0n) findings.problem('CHECKPOINT_WRONG', 'log head', `the log has ${size} entries and no checkpoint`)
    return { size: size < 0n ? 0n : size, signedRoot: undefined }
  }
  const signedNote = stored.checkpoint
  const opened = await findings.attempt('CHECKPOINT_WRONG', 'log head', () =>
    openCheckpoint({ signedNote, logKey, verifier }),
  )
  if (opened === undefined) return { size: boundedSize(stored, last), signedRoot: undefined }
  const { checkpoint } = opened
  if (checkpoint.size !== size) {
    findings.problem('CHECKPOINT_WRONG', 'log head', `the checkpoint is of ${checkpoint.size} entries, want ${size}`)
  }
  return { size: checkpoint.size, signedRoot: checkpoint.rootHash }
}

/** A size that nobody signed may be any number: no more than there are entries. */
function boundedSize({ size }: StoredLog, last: bigint | undefined): bigint {
  const entries = last === undefined ? 0n : last + 1n
  return size < 0n || size > entries ? entries : size
}

async function compareTile(derived: StoredTile, { log, findings }: CheckLogInput): Promise<void> {
  const at = describeTile(derived)
  const read = await findings.attempt('UNREADABLE', at, async () => ({ stored: await log.readTile(derived) }))
  if (read === undefined) return
  const { stored } = read
  const { hashes } = derived
  if (stored === undefined) findings.problem('TILE_MISSING', at, 'the tile is not there')
  else if (stored.length !== hashes.length) {
    findings.problem('TILE_CHANGED', at, `the tile has ${stored.length} bytes, want ${hashes.length}`)
  } else if (!equalBytes({ left: stored, right: hashes })) {
    const place = Math.floor(stored.findIndex((byte, i) => byte !== hashes[i]) / HASH_SIZE)
    findings.problem('TILE_CHANGED', at, `hash ${place} of the tile is not the one that the entries make`)
  }
}

const describeTile = ({ level, index }: TileKey): string => `tile ${level}/${index}`

/** Entries and tiles that a log of this size does not have. */
async function findStrays({ log, findings }: CheckLogInput, size: bigint): Promise<void> {
  const last = await log.lastIndex().catch(() => undefined)
  if (last !== undefined && last >= size) {
    findings.problem('ENTRY_STRAY', `entry ${last}`, `the log has ${size} entries, and the store one with this index`)
  }
  await findings.attempt('UNREADABLE', 'tiles', async () => {
    let page = await log.tileKeys(undefined)
    while (page.length > 0) {
      for (const key of page) {
        if (!isTileOf(size, key)) findings.problem('TILE_STRAY', describeTile(key), `no log of ${size} entries has it`)
      }
      page = await log.tileKeys(page.at(-1))
    }
  })
}

/** Level L has one hash per 256^L leaves. */
function isTileOf(size: bigint, { level, index }: TileKey): boolean {
  const hashes = size >> BigInt(8 * level)
  return index >= 0n && index * BigInt(TILE_WIDTH) < hashes
}

/**
 * Proofs from a log's tiles, under its current checkpoint: of an entry, and that the log continues an older state of it.
 *
 * Each is verified before it is given: it leads to the checkpoint's root hash, whoever signed that.
 *
 * @module
 */
import { encodeBase64, equalBytes } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { type ConsistencyProof, type InclusionProof, leafHash } from '../../core/merkle/index.ts'
import { TileTree } from '../../core/tiles/index.ts'
import { formatTlogProof } from '../../core/tlog-proof/index.ts'
import { nodeSha256 } from '../keys/index.ts'
import type { ReadableLog } from './readable-log.ts'

export interface ProvenEntry extends InclusionProof {
  /** C2SP tlog-proof. */
  readonly text: string
}

/**
 * @param input.entry  what the entry has to be; undefined for whatever stands there
 * @throws {ColophonError} RECORD_NOT_FOUND  the log has no such entry
 * @throws {ColophonError} ENTRY_MISMATCH    it has another one there
 * @throws {ColophonError} TILE_*, LOG_UNREACHABLE, STORE_*
 */
export async function proveEntry(
  log: ReadableLog,
  { index, entry }: { readonly index: bigint; readonly entry: Uint8Array | undefined },
): Promise<ProvenEntry> {
  const { checkpoint, signedNote } = log.current
  if (index >= checkpoint.size) {
    throw new ColophonError('RECORD_NOT_FOUND', `the log has ${checkpoint.size} entries, and no entry ${index}`, {
      at: checkpoint.origin,
      hint: 'Entries are counted from 0. Compare the index, and whether this is the log of the record.',
    })
  }
  const proven = await (await openTree(log)).proveInclusion(index)
  if (entry !== undefined && !equalBytes({ left: leafHash(entry, nodeSha256), right: proven.leafHash })) {
    throw new ColophonError('ENTRY_MISMATCH', `entry ${index} of the log is another one than the record’s`, {
      at: checkpoint.origin,
      hint: 'Compare the log of the record with this one. If they are the same, keep both: it is evidence of two trees.',
    })
  }
  return { ...proven, text: formatTlogProof({ index, hashes: proven.proof, checkpoint: signedNote }) }
}

/**
 * That the tree begins with its first `size` entries. `first.root` is the root that it had then: compare it with the older
 * checkpoint.
 *
 * @throws {ColophonError} USAGE  the log has fewer entries
 * @throws {ColophonError} TILE_*, LOG_UNREACHABLE, STORE_*
 */
export async function proveSince(log: ReadableLog, size: bigint): Promise<ConsistencyProof> {
  const { checkpoint } = log.current
  if (size > checkpoint.size) {
    throw new ColophonError('USAGE', `the log has ${checkpoint.size} entries, fewer than ${size}`, {
      at: checkpoint.origin,
      hint: 'A log never shrinks. If it once had that many, keep the older checkpoint: it is evidence.',
    })
  }
  return (await openTree(log)).proveConsistency(size)
}

function openTree({ current, readTile }: ReadableLog): Promise<TileTree> {
  const { size, rootHash: root } = current.checkpoint
  return TileTree.open({ readTile, head: { size, root }, sha256: nodeSha256 })
}

/**
 * As a witness takes it (C2SP tlog-witness, `add-checkpoint`):
 *
 *     old SIZE
 *     BASE64(hash)     one line per hash
 *     (empty line)
 *     the signed checkpoint, as it is
 */
export function formatConsistencyProof({ first, proof }: ConsistencyProof, signedNote: string): string {
  return `${[`old ${first.size}`, ...proof.map(encodeBase64)].join('\n')}\n\n${signedNote}`
}

/**
 * A log to read: an issuer's own, or one behind a gateway.
 *
 * @module
 */
import { type Checkpoint, openCheckpoint, parseCheckpoint } from '../../core/checkpoint/index.ts'
import { parseNote, type VerifierKey } from '../../core/note/index.ts'
import type { TileReader } from '../../core/tiles/index.ts'
import { nodeVerifier } from '../keys/index.ts'

export interface ReadCheckpoint {
  /** As it is. */
  readonly signedNote: string
  readonly checkpoint: Checkpoint
  /** The key that signed it; undefined where nobody said which key is this log's. Then nothing is verified. */
  readonly logKey: VerifierKey | undefined
}

export interface ReadableLog {
  readonly current: ReadCheckpoint
  readonly readTile: TileReader
  close(): Promise<void>
}

/** @throws {ColophonError} NOTE_*, CHECKPOINT_*, SIGNATURE_* */
export async function readCheckpoint(signedNote: string, logKey: VerifierKey | undefined): Promise<ReadCheckpoint> {
  const checkpoint =
    logKey === undefined
      ? parseCheckpoint(parseNote(signedNote).text)
      : (await openCheckpoint({ signedNote, logKey, verifier: nodeVerifier })).checkpoint
  return { signedNote, checkpoint, logKey }
}

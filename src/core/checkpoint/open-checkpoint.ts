/**
 * Verifying a checkpoint against a log's key: C2SP tlog-checkpoint, "Signatures".
 *
 * The origin, the key's name in the signature line and the name of the key that the caller trusts are one and the same
 * (the specification recommends it, this software demands it), so that a checkpoint of one log never passes for
 * another's, even if both use one key.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import {
  type Note,
  openNote,
  parseNote,
  SIGNATURE_TYPE,
  sameKey,
  type VerifiedKey,
  type VerifierKey,
} from '../note/index.ts'
import type { SignatureVerifier } from '../signature/index.ts'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'

export interface OpenedCheckpoint {
  /** Signed by the log's key. */
  readonly checkpoint: Checkpoint
  /** The note it came from. Its lines by keys that the caller did not name are not verified. */
  readonly note: Note
  /** The given witnesses that cosigned it, each with the time that it signed, in the note's order. */
  readonly cosignatures: readonly VerifiedKey[]
}

/**
 * Reads a signed checkpoint and verifies the log's signature, and those of the given witnesses that are there.
 *
 * @param input.logKey     the log's key, from the caller's own trust policy
 * @param input.witnesses  cosignature keys from there; lines by other keys are ignored
 * @throws {ColophonError} NOTE_MALFORMED, CHECKPOINT_MALFORMED
 * @throws {ColophonError} CHECKPOINT_ORIGIN  the origin is not the key's name
 * @throws {ColophonError} SIGNATURE_MISSING  no signature line is by the log's key
 * @throws {ColophonError} SIGNATURE_INVALID  the signature of the log or of one of the witnesses does not verify
 * @throws {RangeError} logKey is not an Ed25519 key of a log, or one of the witnesses' is no cosignature key
 */
export async function openCheckpoint({
  signedNote,
  logKey,
  witnesses = [],
  verifier,
}: {
  readonly signedNote: string
  readonly logKey: VerifierKey
  readonly witnesses?: readonly VerifierKey[]
  readonly verifier: SignatureVerifier
}): Promise<OpenedCheckpoint> {
  if (logKey.type !== SIGNATURE_TYPE.ed25519) throw new RangeError(`logKey: got type ${logKey.type}, want 1 (Ed25519)`)
  if (witnesses.some(({ type }) => type !== SIGNATURE_TYPE.cosignature)) {
    throw new RangeError('witnesses: want keys of type 4 (cosignature)')
  }
  const note = parseNote(signedNote)
  const checkpoint = parseCheckpoint(note.text)
  if (checkpoint.origin !== logKey.name) {
    throw new ColophonError('CHECKPOINT_ORIGIN', `the checkpoint is not of ${logKey.name}`)
  }
  const { verified } = await openNote({ note, keys: [logKey, ...witnesses], verifier })
  const isLog = (key: VerifiedKey): boolean => sameKey({ left: key, right: logKey })
  if (!verified.some(isLog)) {
    throw new ColophonError('SIGNATURE_MISSING', `the checkpoint has no signature by the key of ${logKey.name}`)
  }
  return { checkpoint, note, cosignatures: verified.filter((key) => !isLog(key)) }
}

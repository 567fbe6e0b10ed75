/**
 * Resuming a log after its head store was lost or brought back, or after the clock was ahead: an operator's statement that
 * the store, as it is, is the newest there ever was, and that the clock is right.
 *
 * The statement cannot be checked, and is what everything rests on. Where it is wrong (a newer store existed, and somebody
 * has a checkpoint of it), the log will sign a second tree of one size, and whoever holds both can prove it. So the size
 * has to be named, and what can be checked is: the log's signature, the right edge, that the stored tree continues what
 * the head store remembers. Where the head store is ahead of the store, or of another tree, there is no resuming.
 *
 * @module
 */
import { ColophonError } from '../../core/errors.ts'
import { type Sha256, sha256 } from '../../core/hash/index.ts'
import type { VerifierKey } from '../../core/note/index.ts'
import { nobleVerifier, type SignatureVerifier } from '../../core/signature/index.ts'
import { loadTree } from './load-tree.ts'
import type { LogHead, LogStore, SignedHead } from './ports.ts'
import { type HeadRelation, relateHead } from './relate-head.ts'

export interface ResumeLogInput {
  readonly store: LogStore<never>
  readonly head: LogHead
  /** The log's key. */
  readonly logKey: VerifierKey
  /** Entries in the log, as the operator says. */
  readonly size: bigint
  /** The wall clock, in whole milliseconds since the epoch: right, as the operator says. */
  readonly nowMs: number
  readonly verifier?: SignatureVerifier
  readonly hash?: Sha256
}

export interface ResumedLog {
  /** How the head store stood to the store before. */
  readonly found: HeadRelation
  /** What it remembered. */
  readonly before: SignedHead | undefined
  /** What it remembers now; undefined for an empty log. */
  readonly after: SignedHead | undefined
}

/**
 * @throws {ColophonError} LOG_ROLLED_BACK, LOG_FORKED, LOG_HEAD_FOREIGN  (fatal) as `openLog`: no statement helps
 * @throws {ColophonError} LOG_SIZE_MISMATCH  the store has another size than the operator says
 * @throws {ColophonError} STORE_DAMAGED, STORE_FAILED  as `openLog`
 */
export const resumeLog = async (input: ResumeLogInput): Promise<ResumedLog> => {
  const { store, head, logKey, size, nowMs, verifier = nobleVerifier, hash = sha256 } = input
  const loaded = await loadTree({ store, logKey, verifier, hash })
  const before = await head.load()
  const found = await relateHead({ store, logKey, verifier, hash, loaded, signed: before })
  const { stored } = loaded
  if (stored.size !== size) {
    throw new ColophonError('LOG_SIZE_MISMATCH', `the store has ${stored.size} entries, not ${size}`)
  }
  if (stored.checkpoint === undefined) return { found, before, after: undefined }
  const after = { checkpoint: stored.checkpoint, signedAtMs: nowMs }
  await head.swap({ from: before?.checkpoint, to: after })
  return { found, before, after }
}

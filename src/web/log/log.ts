/**
 * The log, as those see it who append to it (RFC 6962, C2SP tlog-tiles).
 *
 * @module
 */
import type { ColophonError } from '../../core/errors.ts'
import type { Sha256 } from '../../core/hash/index.ts'
import type { SignatureVerifier } from '../../core/signature/index.ts'
import type { CheckpointSigner } from './checkpoint-signer.ts'
import type { LogHead, LogStore } from './ports.ts'

/** Largest entry in bytes: its length is a uint16 in the entry bundles of C2SP tlog-tiles. */
export const MAX_ENTRY_SIZE = 65_535

/** An entry's place in the log, and the proof of it. */
export interface Sequenced {
  /** Zero-based. */
  readonly index: bigint
  /** Inclusion proof under `rootHash`: hashes of 32 bytes, leaf to root. */
  readonly proof: readonly Uint8Array[]
  /** The signed note. */
  readonly checkpoint: string
  /** Entries in the tree of the checkpoint; more than `index`. */
  readonly treeSize: bigint
  /** 32 bytes. */
  readonly rootHash: Uint8Array
}

export interface OpenLogOptions<Write> {
  readonly store: LogStore<Write>
  /** Remembers the last checkpoint signed. Of this store and no other; on another disk where there is one. */
  readonly head: LogHead
  /** The log's origin. Has to be the signer's name. */
  readonly origin: string
  readonly signer: CheckpointSigner
  /** Verifies the checkpoint that is found in the store. Default: the core's own. */
  readonly verifier?: SignatureVerifier
  /** The wall clock: whole milliseconds since the epoch. The log signs nothing while it is behind its last signature. */
  readonly nowMs: () => number
  /**
   * Milliseconds of a clock that never goes back and never stops, from any start. Without it, a wall clock that stands
   * still is not noticed.
   */
  readonly monotonicMs?: () => number
  /** A faster SHA-256 where there is one. */
  readonly hash?: Sha256
  /** Calls back after the events that are due now. Default: `setImmediate` where there is one, else a timer. */
  readonly schedule?: (callback: () => void) => void
}

/** An open log. */
export interface Log<Write> {
  /** Entries that are durable. */
  readonly size: bigint

  /** The signed note of the last commit with entries; undefined for a log that never had one. */
  checkpoint(): string | undefined

  /** Why it refuses everything until it is opened again; undefined while it works. */
  readonly stopped: ColophonError | undefined

  /**
   * Appends an entry, together with the rows that go with it.
   *
   * @param input.entry   at most 65,535 bytes; copied
   * @param input.writes  makes the rows, once the place of the entry is known. It must not let the place out: it is not
   *   durable yet. Where it throws, this append rejects with what it threw; the entry itself stays in the group and in
   *   the log, so that no second tree of one size is ever signed on its account
   * @returns when entry, checkpoint and rows are durable, and the head store remembers the checkpoint
   * @throws {RangeError} the entry is too large
   * @throws {ColophonError} STORE_FAILED   nothing was written; with `fatal: true`, it is not known whether it was, and
   *   the log refuses everything from then on
   * @throws {ColophonError} STORE_DAMAGED, LOG_HEAD_CHANGED  (fatal) somebody else wrote to the store, or to the head
   * @throws {ColophonError} CLOCK_BEHIND, CLOCK_STOPPED  nothing was written; it goes on when the clock is right again
   * @throws {ColophonError} LOG_BUSY       too many appends wait, or a commit takes too long
   */
  append(input: {
    readonly entry: Uint8Array
    readonly writes: (sequenced: Sequenced) => readonly Write[]
  }): Promise<Sequenced>

  /** Makes rows durable in the same group commit, without an entry. Rejects as `append` does. */
  write(writes: readonly Write[]): Promise<void>

  /** Refuses everything new and resolves when what waits is done. Leaves the store open. */
  close(): Promise<void>
}

/**
 * The life of one run at a capture point: bind, then seal (`docs/spec/life-of-a-run.md`).
 *
 * `bind` resolves when the binding is signed, in the log and durable; only then may the first byte go upstream and the
 * run id out. `seal` resolves when the record is signed, in the log and durable; only then may the answer end.
 *
 * @module
 */

import type { NamedPassage } from '../../core/passages/index.ts'
import type { Refusal } from '../../core/policy/index.ts'
import type { Completion } from '../../core/run/index.ts'
import type { CutList, Header } from '../../core/spans/index.ts'

export interface RunRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** Without `?`. */
  readonly query: string
  /** As sent upstream, names in any case. Only those of a closed list are recorded; the others are counted. */
  readonly headers: readonly Header[]
  /** The very buffer that goes to the socket. */
  readonly body: Uint8Array
  /** Scheme and authority of the upstream. */
  readonly endpoint: string
  /** Undefined for a run without a declaration. */
  readonly declarationId: string | undefined
  /** Where the application knows itself where its passages stand; else empty. */
  readonly cutList: CutList
  /** Passages to be looked for, where the cut list is empty. */
  readonly passages?: readonly NamedPassage[]
  /** Hex, 32 bytes, of the requester's choosing. */
  readonly requesterNonce?: string
}

/** What came back, as far as it did. */
export interface RunResponse {
  readonly status: number
  readonly headers: readonly Header[]
  /** Content-decoded bytes that the upstream sent. */
  readonly body: Uint8Array
}

/**
 * How the connection ended: `ended` (the upstream finished), `clientAborted` (the caller went away first),
 * `upstreamCut` (the upstream went away), `unreachable` (there was no answer at all), `refused` (nothing was sent, because
 * the policy refused the request).
 */
export type Ending = 'ended' | 'clientAborted' | 'upstreamCut' | 'unreachable' | 'refused'

export interface SealedRun {
  readonly runId: string
  /** Hex SHA-256 of the record's DSSE payload. */
  readonly recordDigest: string
  /** The record, a Sigstore bundle. */
  readonly bundle: Uint8Array
  readonly completion: Completion
}

export interface BoundRun {
  readonly runId: string
  /** There where the policy refuses the request: then nothing may go upstream, and the run is sealed as `refused`. */
  readonly refusal: Refusal | undefined
  /** Seals once; a second call rejects with a TypeError. @throws {ColophonError} STORE_FAILED, LOG_BUSY */
  readonly seal: (input: { readonly ending: Ending; readonly response?: RunResponse }) => Promise<SealedRun>
}

export interface Recorder {
  /**
   * @throws {ColophonError} DECLARATION_UNKNOWN, CUT_LIST_MALFORMED, HEX_MALFORMED (the requester's nonce)
   * @throws {ColophonError} REQUEST_TOO_LARGE (its head), CONTEXT_TOO_LARGE
   * @throws {ColophonError} STORE_FAILED, LOG_BUSY, RUN_NOT_RECORDED (an earlier run was not): nothing may go upstream
   */
  readonly bind: (request: RunRequest) => Promise<BoundRun>
}

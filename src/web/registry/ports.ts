/**
 * The registry: what is kept of declarations and runs, and how it is found again.
 *
 * Rows are written only through the log's group commit (`RegistryWrite` is the `Write` of its store), so that a row and
 * the log entry it speaks of become durable together. Rows are trusted no more than the signatures inside them; an
 * attacker who can write to the store can hide rows and break look-ups, and cannot forge a statement.
 *
 * @module
 */

import type { FoundRuns, RunQuery } from './run-query.ts'

/** A signed statement and the proof that it is in the log. */
export interface LoggedStatement {
  /** Canonical JSON of the DSSE envelope. */
  readonly envelope: Uint8Array
  /** Key that signed it: SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
  /** Index of its log entry. */
  readonly index: bigint
  /** C2SP tlog-proof of its log entry. */
  readonly proof: string
}

/** A declaration as it was logged. */
export interface DeclarationRow {
  /** Declaration id. */
  readonly id: string
  /** The name the developer gave it; not unique. */
  readonly name: string
  /** RFC 3339, UTC. */
  readonly declaredAt: string
  /** Canonical JSON of the declaration. */
  readonly document: Uint8Array
  /** The contents of its fixed components, which the document has only digests of. Private. */
  readonly contents: Uint8Array
  /** The signed declaration statement. */
  readonly statement: LoggedStatement
}

/** A run as it was bound, before its first byte went upstream. */
export interface BindingRow {
  /** Run id. */
  readonly runId: string
  /** Stream that numbers the run: hex. */
  readonly stream: string
  /** Number in the stream, without gaps. */
  readonly number: number
  /** RFC 3339, UTC. */
  readonly boundAt: string
  /** Undefined for a run without a declaration. */
  readonly declarationId: string | undefined
  /** The signed binding statement. */
  readonly statement: LoggedStatement
  /** Per-run secret of the salts, 32 bytes. Private. */
  readonly secret: Uint8Array
  /** Method, path and recorded headers as committed to. Private. */
  readonly requestHead: Uint8Array
  /** Exact request body. Private. */
  readonly requestBody: Uint8Array
  /** Canonical JSON of the cut list. Private. */
  readonly cutList: Uint8Array
  /** By which the run is found, in the order they were sent. Private. */
  readonly parts: readonly PartRow[]
}

/** A part of a request. */
export interface PartRow {
  /** Hex SHA-256 of its decoded value, as a public declaration would have it. */
  readonly digest: string
  readonly role: string
  /** As declarations and findings call it. */
  readonly name: string
  /** Where it stood: a JSON Pointer, or `path`. */
  readonly at: string
}

/** What came back, and the record that says so. */
export interface OutcomeRow {
  /** Run id; its binding is there already. */
  readonly runId: string
  /** How the run ended. */
  readonly state: string
  /** SHA-256 of the record's DSSE payload, hex. */
  readonly recordDigest: string
  /** The record: a Sigstore bundle. */
  readonly bundle: Uint8Array
  /** Status and recorded headers as committed to. Private. */
  readonly responseHead: Uint8Array
  /** Exact response body, content-decoded. Private. */
  readonly responseBody: Uint8Array
  /** Hex SHA-256 of each subject by which a record can be found. */
  readonly outputs: readonly string[]
}

/** That a run's contents were erased. */
export interface ErasureRow {
  readonly runId: string
  /** RFC 3339, UTC. */
  readonly erasedAt: string
  /** The signed erasure statement. */
  readonly statement: LoggedStatement
}

/** One row to write. An erasure deletes the run's contents with it. An outcome comes after its binding, in the same group or a later one. */
export type RegistryWrite =
  | { readonly kind: 'declaration'; readonly row: DeclarationRow }
  | { readonly kind: 'binding'; readonly row: BindingRow }
  | { readonly kind: 'outcome'; readonly row: OutcomeRow }
  | { readonly kind: 'erasure'; readonly row: ErasureRow }

/** A declaration in a list. */
export interface DeclarationSummary {
  readonly id: string
  readonly name: string
  /** RFC 3339, UTC. */
  readonly declaredAt: string
}

/** All that is kept of a run. Contents that were erased are empty. */
export interface RunRow extends BindingRow {
  /** Undefined for a run whose contents are there. */
  readonly erasure: ErasureRow | undefined
  /** Undefined while the run is open, or where it never ended. */
  readonly outcome: OutcomeRow | undefined
}

/** A run in a list. */
export interface RunSummary {
  readonly runId: string
  /** RFC 3339, UTC. */
  readonly boundAt: string
  readonly declarationId: string | undefined
  /** Undefined while the run is open. */
  readonly state: string | undefined
}

/** Looking things up. Every method rejects with STORE_FAILED where the store cannot be read. */
export interface Registry {
  /** The declaration with this id. */
  declaration(id: string): Promise<DeclarationRow | undefined>

  /** Every declaration, oldest first. */
  declarations(): Promise<readonly DeclarationSummary[]>

  /** The run with this id. */
  run(runId: string): Promise<RunRow | undefined>

  /** The record with this digest of its payload, hex. */
  recordByDigest(digest: string): Promise<{ readonly runId: string; readonly bundle: Uint8Array } | undefined>

  /** Ids of the runs that gave this output, newest first, at most 1,000. @param digest hex SHA-256 of a subject */
  runsByOutput(digest: string): Promise<readonly string[]>

  /** Runs by what they sent or answered, newest first. @throws {RangeError} limit, or nothing to look for */
  find(query: RunQuery): Promise<FoundRuns>

  /** Runs, newest first. @param options.limit 1 to 1,000 @throws {RangeError} limit */
  runs(options: { readonly limit: number }): Promise<readonly RunSummary[]>
}

/** Walking through all that is kept, in the order in which it was written. For fsck, which believes none of it. */
export interface RegistryPages {
  /** Keys of declarations, at most 1,000. @param after  the last one of the page before */
  declarationKeys(after: bigint | undefined): Promise<readonly bigint[]>

  /** Undefined where there is none any more. */
  declarationAt(key: bigint): Promise<DeclarationRow | undefined>

  /** Keys of runs, at most 1,000. @param after  the last one of the page before */
  runKeys(after: bigint | undefined): Promise<readonly bigint[]>

  /** Contents that are not there are empty. */
  runAt(key: bigint): Promise<RunRow | undefined>
}

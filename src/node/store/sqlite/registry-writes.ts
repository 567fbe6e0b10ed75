/**
 * Writing the registry's rows. Statements only; the transaction is the caller's.
 *
 * @module
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { decodeHex } from '../../../core/bytes/index.ts'
import { ColophonError } from '../../../core/errors.ts'
import type { BindingRow, DeclarationRow, ErasureRow, OutcomeRow, RegistryWrite } from '../../../web/registry/index.ts'

export class RegistryWrites {
  readonly #declaration: StatementSync
  readonly #binding: StatementSync
  readonly #request: StatementSync
  readonly #part: StatementSync
  readonly #runOf: StatementSync
  readonly #outcome: StatementSync
  readonly #response: StatementSync
  readonly #output: StatementSync
  readonly #erasure: StatementSync
  readonly #deletions: readonly StatementSync[]

  constructor(database: DatabaseSync) {
    // The same declaration twice, in one group or years apart, is the same declaration: the first row stays.
    this.#declaration = database.prepare(
      `insert into declaration
       (id, name, declared_at, document, contents, envelope, public_key, log_index, proof)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing`,
    )
    this.#binding = database.prepare(
      `insert into binding
       (run_id, stream, number, bound_at, declaration_id, envelope, public_key, log_index, proof)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#request = database.prepare(
      'insert into request_contents (run, secret, head, body, cut_list) values (?, ?, ?, ?, ?)',
    )
    this.#part = database.prepare(
      'insert into run_part (run, position, digest, role, name, place) values (?, ?, ?, ?, ?, ?)',
    )
    this.#runOf = database.prepare('select run from binding where run_id = ?')
    this.#outcome = database.prepare('insert into outcome (run, state, record_digest, bundle) values (?, ?, ?, ?)')
    this.#response = database.prepare('insert into response_contents (run, head, body) values (?, ?, ?)')
    this.#output = database.prepare('insert into run_output (digest, run, position) values (?, ?, ?)')
    this.#erasure = database.prepare(
      'insert into erasure (run, erased_at, envelope, public_key, log_index, proof) values (?, ?, ?, ?, ?, ?)',
    )
    this.#deletions = ['request_contents', 'run_part', 'response_contents', 'run_output'].map((table) =>
      database.prepare(`delete from ${table} where run = ?`),
    )
    for (const statement of [this.#binding, this.#runOf]) statement.setReadBigInts(true)
  }

  put(write: RegistryWrite): void {
    switch (write.kind) {
      case 'declaration':
        this.#putDeclaration(write.row)
        break
      case 'binding':
        this.#putBinding(write.row)
        break
      case 'outcome':
        this.#putOutcome(write.row)
        break
      case 'erasure':
        this.#putErasure(write.row)
        break
    }
  }

  #putDeclaration({ id, name, declaredAt, document, contents, statement }: DeclarationRow): void {
    const { envelope, publicKey, index, proof } = statement
    this.#declaration.run(id, name, declaredAt, document, contents, envelope, publicKey, index, proof)
  }

  #putBinding(row: BindingRow): void {
    const { envelope, publicKey, index, proof } = row.statement
    const { lastInsertRowid: run } = this.#binding.run(
      row.runId,
      row.stream,
      row.number,
      row.boundAt,
      row.declarationId ?? null,
      envelope,
      publicKey,
      index,
      proof,
    )
    this.#request.run(run, row.secret, row.requestHead, row.requestBody, row.cutList)
    for (const [position, { digest, role, name, at }] of row.parts.entries()) {
      this.#part.run(run, position, decodeHex(digest, { sizeBytes: 32 }), role, name, at)
    }
  }

  /** @throws {ColophonError} STORE_FAILED  no such run: nothing is written without its binding */
  #putOutcome(row: OutcomeRow): void {
    const run = this.#keyOf(row.runId)
    this.#outcome.run(run, row.state, row.recordDigest, row.bundle)
    this.#response.run(run, row.responseHead, row.responseBody)
    for (const [position, digest] of row.outputs.entries()) this.#output.run(digest, run, position)
  }

  /** @throws {ColophonError} STORE_FAILED  no such run */
  #putErasure({ runId, erasedAt, statement }: ErasureRow): void {
    const run = this.#keyOf(runId)
    const { envelope, publicKey, index, proof } = statement
    for (const deletion of this.#deletions) deletion.run(run)
    this.#erasure.run(run, erasedAt, envelope, publicKey, index, proof)
  }

  #keyOf(runId: string): bigint {
    const run = this.#runOf.get(runId)?.['run'] as bigint | undefined
    if (run === undefined) throw new ColophonError('STORE_FAILED', `run ${runId} has no binding in this store`)
    return run
  }
}

/**
 * Reading the registry.
 *
 * @module
 */
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import { encodeHex } from '../../../core/bytes/index.ts'
import type {
  DeclarationRow,
  DeclarationSummary,
  ErasureRow,
  LoggedStatement,
  OutcomeRow,
  PartRow,
  RunRow,
  RunSummary,
} from '../../../web/registry/index.ts'

/** @throws {RangeError} limit */
export function requireListLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_RUNS) return
  throw new RangeError(`limit: got ${limit}, want 1 to ${MAX_RUNS}`)
}

export type Row = Record<string, SQLOutputValue>

/** Most rows in a list of runs. */
const MAX_RUNS = 1000

export const text = (row: Row, column: string): string => row[column] as string
const blob = (row: Row, column: string): Uint8Array => row[column] as Uint8Array
/** Of a row that may not be there. */
const optionalBlob = (row: Row, column: string): Uint8Array => (row[column] as Uint8Array | null) ?? new Uint8Array(0)
export const optionalText = (row: Row, column: string): string | undefined =>
  (row[column] as string | null) ?? undefined

const statementOf = (row: Row): LoggedStatement => ({
  envelope: blob(row, 'envelope'),
  publicKey: blob(row, 'public_key'),
  index: row['log_index'] as bigint,
  proof: text(row, 'proof'),
})

export const declarationRowOf = (row: Row): DeclarationRow => ({
  id: text(row, 'id'),
  name: text(row, 'name'),
  declaredAt: text(row, 'declared_at'),
  document: blob(row, 'document'),
  contents: blob(row, 'contents'),
  statement: statementOf(row),
})

export const erasureRowOf = (row: Row, runId: string): ErasureRow => ({
  runId,
  erasedAt: text(row, 'erased_at'),
  statement: statementOf(row),
})

export const partRowOf = (row: Row): PartRow => ({
  digest: encodeHex(blob(row, 'digest')),
  role: text(row, 'role'),
  name: text(row, 'name'),
  at: text(row, 'place'),
})

/** @param row a binding with its request's contents; those that are not there are empty */
export const runRowOf = (row: Row, more: Pick<RunRow, 'parts' | 'outcome' | 'erasure'>): RunRow => ({
  runId: text(row, 'run_id'),
  stream: text(row, 'stream'),
  number: Number(row['number']),
  boundAt: text(row, 'bound_at'),
  declarationId: optionalText(row, 'declaration_id'),
  statement: statementOf(row),
  secret: optionalBlob(row, 'secret'),
  requestHead: optionalBlob(row, 'head'),
  requestBody: optionalBlob(row, 'body'),
  cutList: optionalBlob(row, 'cut_list'),
  ...more,
})

/** @param row an outcome with its response's contents; those that are not there are empty */
export const outcomeRowOf = (row: Row, { runId, outputs }: Pick<OutcomeRow, 'runId' | 'outputs'>): OutcomeRow => ({
  runId,
  state: text(row, 'state'),
  recordDigest: text(row, 'record_digest'),
  bundle: blob(row, 'bundle'),
  responseHead: optionalBlob(row, 'head'),
  responseBody: optionalBlob(row, 'body'),
  outputs,
})

export class RegistryReads {
  readonly #declaration: StatementSync
  readonly #declarations: StatementSync
  readonly #run: StatementSync
  readonly #parts: StatementSync
  readonly #outcome: StatementSync
  readonly #erasure: StatementSync
  readonly #outputs: StatementSync
  readonly #record: StatementSync
  readonly #runsByOutput: StatementSync
  readonly #runs: StatementSync

  constructor(database: DatabaseSync) {
    const prepare = (sql: string): StatementSync => {
      const statement = database.prepare(sql)
      statement.setReadBigInts(true)
      return statement
    }
    this.#declaration = prepare('select * from declaration where id = ?')
    this.#declarations = prepare('select id, name, declared_at from declaration order by declaration')
    this.#run = prepare(
      `select b.*, c.secret, c.head, c.body, c.cut_list
       from binding b left join request_contents c using (run) where b.run_id = ?`,
    )
    this.#parts = prepare('select digest, role, name, place from run_part where run = ? order by position')
    this.#outcome = prepare(
      `select o.state, o.record_digest, o.bundle, c.head, c.body
       from outcome o left join response_contents c using (run) where o.run = ?`,
    )
    this.#erasure = prepare('select * from erasure where run = ?')
    this.#outputs = prepare('select digest from run_output where run = ? order by position')
    this.#record = prepare(
      'select b.run_id, o.bundle from outcome o join binding b using (run) where o.record_digest = ?',
    )
    this.#runsByOutput = prepare(
      `select b.run_id from (select distinct run from run_output where digest = ? order by run desc limit ${MAX_RUNS}) o
       join binding b using (run) order by run desc`,
    )
    this.#runs = prepare(
      `select b.run_id, b.bound_at, b.declaration_id, o.state
       from binding b left join outcome o using (run) order by b.run desc limit ?`,
    )
  }

  declaration(id: string): DeclarationRow | undefined {
    const row = this.#declaration.get(id)
    return row === undefined ? undefined : declarationRowOf(row)
  }

  declarations(): readonly DeclarationSummary[] {
    return this.#declarations.all().map((row) => ({
      id: text(row, 'id'),
      name: text(row, 'name'),
      declaredAt: text(row, 'declared_at'),
    }))
  }

  run(runId: string): RunRow | undefined {
    const row = this.#run.get(runId)
    if (row === undefined) return undefined
    const key = { runId, run: row['run'] as bigint }
    const parts = this.#parts.all(key.run).map(partRowOf)
    return runRowOf(row, { parts, outcome: this.#outcomeOf(key), erasure: this.#erasureOf(key) })
  }

  #erasureOf({ runId, run }: { runId: string; run: bigint }): ErasureRow | undefined {
    const row = this.#erasure.get(run)
    return row === undefined ? undefined : erasureRowOf(row, runId)
  }

  #outcomeOf({ runId, run }: { runId: string; run: bigint }): OutcomeRow | undefined {
    const row = this.#outcome.get(run)
    if (row === undefined) return undefined
    const outputs = this.#outputs.all(run).map((output) => text(output, 'digest'))
    return outcomeRowOf(row, { runId, outputs })
  }

  recordByDigest(digest: string): { readonly runId: string; readonly bundle: Uint8Array } | undefined {
    const row = this.#record.get(digest)
    return row === undefined ? undefined : { runId: text(row, 'run_id'), bundle: blob(row, 'bundle') }
  }

  runsByOutput(digest: string): readonly string[] {
    return this.#runsByOutput.all(digest).map((row) => text(row, 'run_id'))
  }

  runs({ limit }: { readonly limit: number }): readonly RunSummary[] {
    requireListLimit(limit)
    return this.#runs.all(limit).map((row) => ({
      runId: text(row, 'run_id'),
      boundAt: text(row, 'bound_at'),
      declarationId: optionalText(row, 'declaration_id'),
      state: optionalText(row, 'state'),
    }))
  }
}

/**
 * Reading everything that a store holds, for fsck: nothing is left out because something that belongs to it is not there.
 *
 * @module
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { ColophonError } from '../../../core/errors.ts'
import type { CheckableStore } from '../../../web/fsck/index.ts'
import type { StoredLog, TileKey } from '../../../web/log/index.ts'
import type { DeclarationRow, ErasureRow, OutcomeRow, RunRow } from '../../../web/registry/index.ts'
import type { GuardedDatabase } from './guarded-database.ts'
import { LogTables } from './log-tables.ts'
import {
  declarationRowOf,
  erasureRowOf,
  optionalText,
  outcomeRowOf,
  partRowOf,
  runRowOf,
  text,
} from './registry-reads.ts'

/** Keys in a page. */
const PAGE = 1_000

/** Before any key. */
const NONE = -(2n ** 63n)

export class CheckStatements {
  readonly log: LogTables
  readonly head: StatementSync
  readonly lastIndex: StatementSync
  readonly tileKeys: StatementSync
  readonly declarationKeys: StatementSync
  readonly declarationAt: StatementSync
  readonly declarationById: StatementSync
  readonly runKeys: StatementSync
  readonly runAt: StatementSync
  readonly parts: StatementSync
  readonly outcomeAt: StatementSync
  readonly outputs: StatementSync
  readonly erasureAt: StatementSync

  constructor(database: DatabaseSync) {
    const prepare = (sql: string): StatementSync => {
      const statement = database.prepare(sql)
      statement.setReadBigInts(true)
      return statement
    }
    this.log = new LogTables(database)
    this.head = prepare('select size, checkpoint, signed_at_ms, previous from log_head where only = 1')
    this.lastIndex = prepare('select max(log_index) as last from log_entry')
    this.tileKeys = prepare(
      `select level, tile_index from log_tile where (level, tile_index) > (?, ?) order by level, tile_index limit ${PAGE}`,
    )
    this.declarationKeys = prepare(
      `select declaration as key from declaration where key > ? order by key limit ${PAGE}`,
    )
    this.declarationAt = prepare('select * from declaration where declaration = ?')
    this.declarationById = prepare('select * from declaration where id = ?')
    this.runKeys = prepare(`select run as key from binding where key > ? order by key limit ${PAGE}`)
    this.runAt = prepare(
      `select b.*, c.secret, c.head, c.body, c.cut_list
       from binding b left join request_contents c using (run) where b.run = ?`,
    )
    this.parts = prepare('select digest, role, name, place from run_part where run = ? order by position')
    this.outcomeAt = prepare(
      `select o.state, o.record_digest, o.bundle, c.head, c.body
       from outcome o left join response_contents c using (run) where o.run = ?`,
    )
    this.erasureAt = prepare('select * from erasure where run = ?')
    this.outputs = prepare('select digest from run_output where run = ? order by position')
  }
}

export class CheckReads implements CheckableStore {
  readonly #guard: GuardedDatabase
  readonly #statements: CheckStatements

  constructor({ guard, statements }: { guard: GuardedDatabase; statements: CheckStatements }) {
    this.#guard = guard
    this.#statements = statements
  }

  /** As it is there, whatever the entries are. @throws {ColophonError} STORE_DAMAGED  there is none */
  async load(): Promise<StoredLog> {
    return this.#guard.read(() => {
      const head = this.#statements.head.get()
      if (head === undefined) throw new ColophonError('STORE_DAMAGED', 'the log has no head')
      const signedAtMs = head['signed_at_ms'] as bigint | null
      return {
        size: head['size'] as bigint,
        checkpoint: optionalText(head, 'checkpoint'),
        previous: optionalText(head, 'previous'),
        signedAtMs: signedAtMs === null ? undefined : Number(signedAtMs),
      }
    })
  }

  async readTile(key: TileKey): Promise<Uint8Array | undefined> {
    return this.#guard.read(() => this.#statements.log.readTile(key))
  }

  async readEntries(range: { readonly start: bigint; readonly end: bigint }): Promise<Uint8Array[]> {
    return this.#guard.read(() => this.#statements.log.readEntries(range))
  }

  async lastIndex(): Promise<bigint | undefined> {
    return this.#guard.read(() => (this.#statements.lastIndex.get()?.['last'] as bigint | null) ?? undefined)
  }

  async tileKeys(after: TileKey | undefined): Promise<readonly TileKey[]> {
    const { level, index } = after ?? { level: NONE, index: NONE }
    return this.#guard.read(() =>
      this.#statements.tileKeys.all(level, index).map((row) => ({
        level: Number(row['level']),
        index: row['tile_index'] as bigint,
      })),
    )
  }

  async declarationKeys(after: bigint | undefined): Promise<readonly bigint[]> {
    return this.#keys(this.#statements.declarationKeys, after)
  }

  async declarationAt(key: bigint): Promise<DeclarationRow | undefined> {
    return this.#declaration(this.#statements.declarationAt, key)
  }

  async declaration(id: string): Promise<DeclarationRow | undefined> {
    return this.#declaration(this.#statements.declarationById, id)
  }

  async runKeys(after: bigint | undefined): Promise<readonly bigint[]> {
    return this.#keys(this.#statements.runKeys, after)
  }

  async runAt(key: bigint): Promise<RunRow | undefined> {
    return this.#guard.read(() => {
      const row = this.#statements.runAt.get(key)
      if (row === undefined) return undefined
      const runId = text(row, 'run_id')
      const parts = this.#statements.parts.all(key).map(partRowOf)
      return runRowOf(row, { parts, outcome: this.#outcomeAt(key, runId), erasure: this.#erasureAt(key, runId) })
    })
  }

  #outcomeAt(key: bigint, runId: string): OutcomeRow | undefined {
    const row = this.#statements.outcomeAt.get(key)
    if (row === undefined) return undefined
    const outputs = this.#statements.outputs.all(key).map((output) => text(output, 'digest'))
    return outcomeRowOf(row, { runId, outputs })
  }

  #erasureAt(key: bigint, runId: string): ErasureRow | undefined {
    const row = this.#statements.erasureAt.get(key)
    return row === undefined ? undefined : erasureRowOf(row, runId)
  }

  #declaration(statement: StatementSync, key: bigint | string): DeclarationRow | undefined {
    return this.#guard.read(() => {
      const row = statement.get(key)
      return row === undefined ? undefined : declarationRowOf(row)
    })
  }

  #keys(statement: StatementSync, after: bigint | undefined): readonly bigint[] {
    return this.#guard.read(() => statement.all(after ?? NONE).map((row) => row['key'] as bigint))
  }
}

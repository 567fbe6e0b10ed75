/**
 * The head store: the last checkpoint that a log signed, in an SQLite file of its own, on `node:sqlite`.
 *
 * The file belongs to one log key, the first that opened it. It may lie on another disk than the store, and had better not
 * be in the same backup: it is there to notice that the store is an older copy.
 *
 * @module
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { equalBytes } from '../../../core/bytes/index.ts'
import { ColophonError } from '../../../core/errors.ts'
import { fullKeyId, type VerifierKey } from '../../../core/note/index.ts'
import type { LogHead, SignedHead } from '../../../web/log/index.ts'
import { GuardedDatabase } from './guarded-database.ts'
import { HEAD_SCHEMA } from './head-schema.ts'

interface HeadStatements {
  readonly row: StatementSync
  readonly bind: StatementSync
  readonly swap: StatementSync
}

const prepareStatements = (database: DatabaseSync): HeadStatements => ({
  row: database.prepare('select origin, key_id, checkpoint, signed_at_ms from last_checkpoint where only = 1'),
  bind: database.prepare('update last_checkpoint set origin = ?, key_id = ? where only = 1 and origin is null'),
  swap: database.prepare(
    'update last_checkpoint set checkpoint = ?, signed_at_ms = ? where only = 1 and checkpoint is ?',
  ),
})

export class SqliteHeadStore implements LogHead {
  readonly #guard: GuardedDatabase
  readonly #statements: HeadStatements
  readonly #path: string

  /** @param input.guard  the head store closes it */
  constructor(input: { readonly guard: GuardedDatabase; readonly statements: HeadStatements; readonly path: string }) {
    this.#guard = input.guard
    this.#statements = input.statements
    this.#path = input.path
  }

  async load(): Promise<SignedHead | undefined> {
    const row = this.#guard.read(() => this.#statements.row.get())
    const checkpoint = row?.['checkpoint'] as string | null
    return checkpoint === null ? undefined : { checkpoint, signedAtMs: Number(row?.['signed_at_ms']) }
  }

  async swap({ from, to }: { readonly from: string | undefined; readonly to: SignedHead }): Promise<void> {
    this.#guard.write(() => {
      const { changes } = this.#statements.swap.run(to.checkpoint, to.signedAtMs, from ?? null)
      if (Number(changes) === 1) return
      const message = 'the head store remembers another checkpoint than this log signed last'
      throw new ColophonError('LOG_HEAD_CHANGED', message, { at: this.#path, fatal: true })
    })
  }

  /** Closes the file and frees the lock. Safe to call twice. */
  close(): void {
    this.#guard.close()
  }

  /** Binds a new file to the key. @throws {ColophonError} LOG_HEAD_FOREIGN, STORE_DAMAGED */
  bindTo(logKey: VerifierKey): void {
    const keyId = fullKeyId(logKey)
    this.#guard.write(() => this.#statements.bind.run(logKey.name, keyId))
    const row = this.#guard.read(() => this.#statements.row.get())
    if (row === undefined) throw new ColophonError('STORE_DAMAGED', 'the head store has no row', { at: this.#path })
    const isSame = row['origin'] === logKey.name && equalBytes({ left: row['key_id'] as Uint8Array, right: keyId })
    if (isSame) return
    const other = row['origin'] === logKey.name ? `another key of ${logKey.name}` : `the log ${String(row['origin'])}`
    const message = `the head store belongs to ${other}, not to the key of ${logKey.name} in use`
    throw new ColophonError('LOG_HEAD_FOREIGN', message, { at: this.#path, fatal: true })
  }
}

/**
 * Opens the head store at `path`, for this process alone.
 *
 * @param options.logKey  the log's key; a new file is bound to it for good
 * @param options.create  make a new one; it must not be there yet. Without it a missing one is refused
 * @throws {ColophonError} LOG_HEAD_MISSING, LOG_HEAD_FOREIGN, FILE_EXISTS (create), STORE_LOCKED, STORE_DAMAGED,
 *   STORE_FAILED, SQLITE_TOO_OLD, VERSION_UNSUPPORTED
 */
export const openSqliteHeadStore = (options: {
  readonly path: string
  readonly logKey: VerifierKey
  readonly create?: boolean
}): SqliteHeadStore => {
  const { path, logKey, create = false } = options
  const { guard, prepared } = GuardedDatabase.open({ path, schema: HEAD_SCHEMA, create }, prepareStatements)
  const head = new SqliteHeadStore({ guard, statements: prepared, path })
  try {
    head.bindTo(logKey)
    return head
  } catch (error) {
    head.close()
    throw error
  }
}

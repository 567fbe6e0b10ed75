/**
 * The embedded store: log and registry in one SQLite file, on `node:sqlite`.
 *
 * One group is one transaction, synced before `commit` resolves. Reads are synchronous inside and see what was committed.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { ColophonError } from '../../../core/errors.ts'
import type { CommitGroup, LogStore, StoredLog, TileKey } from '../../../web/log/index.ts'
import type {
  DeclarationRow,
  DeclarationSummary,
  Registry,
  RegistryWrite,
  RunRow,
  RunSummary,
} from '../../../web/registry/index.ts'
import { LogTables } from './log-tables.ts'
import { openDatabase } from './open-database.ts'
import { removeOwner } from './owner-file.ts'
import { RegistryReads } from './registry-reads.ts'
import { RegistryWrites } from './registry-writes.ts'
import { storeError } from './sqlite-error.ts'

export class SqliteStore implements LogStore<RegistryWrite>, Registry {
  readonly #database: DatabaseSync
  readonly #path: string
  readonly #log: LogTables
  readonly #writes: RegistryWrites
  readonly #reads: RegistryReads
  /** Why nothing is done any more. */
  #stopped: ColophonError | undefined
  #closed = false

  /** @param input.database  as `openDatabase` gives it; the store closes it */
  constructor({ database, path }: { database: DatabaseSync; path: string }) {
    this.#database = database
    this.#path = path
    this.#log = new LogTables(database)
    this.#writes = new RegistryWrites(database)
    this.#reads = new RegistryReads(database)
  }

  async load(): Promise<StoredLog> {
    return this.#read(() => this.#log.load())
  }

  async readTile(key: TileKey): Promise<Uint8Array | undefined> {
    return this.#read(() => this.#log.readTile(key))
  }

  async readEntries(range: { readonly start: bigint; readonly end: bigint }): Promise<Uint8Array[]> {
    return this.#read(() => this.#log.readEntries(range))
  }

  /**
   * Reads straight down. A crash before `commit` returns leaves the store as it was; from then on all of the group is
   * there. In between, whether it is depends on what reached the disk, and nobody was told that it is.
   */
  async commit(group: CommitGroup<RegistryWrite>): Promise<void> {
    this.#requireRunning()
    try {
      this.#database.exec('begin immediate')
      this.#log.put(group)
      for (const write of group.writes) this.#writes.put(write)
    } catch (error) {
      this.#rollBack(error)
      throw this.#stopWhereFatal(storeError(error, { at: this.#path, doing: 'cannot write the store' }))
    }
    try {
      this.#database.exec('commit')
    } catch (error) {
      // The frames of the group may or may not be in the file: only reopening tells. A failed fsync is never retried.
      throw this.#stopWhereFatal(
        storeError(error, { at: this.#path, doing: 'cannot commit to the store', fatal: true }),
      )
    }
  }

  async declaration(id: string): Promise<DeclarationRow | undefined> {
    return this.#read(() => this.#reads.declaration(id))
  }

  async declarations(): Promise<readonly DeclarationSummary[]> {
    return this.#read(() => this.#reads.declarations())
  }

  async run(runId: string): Promise<RunRow | undefined> {
    return this.#read(() => this.#reads.run(runId))
  }

  async recordByDigest(digest: string): Promise<{ readonly runId: string; readonly bundle: Uint8Array } | undefined> {
    return this.#read(() => this.#reads.recordByDigest(digest))
  }

  async runsByOutput(digest: string): Promise<readonly string[]> {
    return this.#read(() => this.#reads.runsByOutput(digest))
  }

  async runs(options: { readonly limit: number }): Promise<readonly RunSummary[]> {
    return this.#read(() => this.#reads.runs(options))
  }

  /** Closes the file and frees the lock. Safe to call twice. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#stopped ??= new ColophonError('STORE_FAILED', 'the store is closed', { at: this.#path })
    // The owner file goes first: once the lock is free, it may be another process's.
    removeOwner(this.#path)
    this.#database.close()
  }

  #requireRunning(): void {
    const reason = this.#stopped
    if (reason === undefined) return
    throw new ColophonError(reason.code, `the store has stopped: ${reason.message}`, {
      at: this.#path,
      hint: reason.hint,
      fatal: true,
      cause: reason,
    })
  }

  #read<T>(read: () => T): T {
    this.#requireRunning()
    try {
      return read()
    } catch (error) {
      if (error instanceof RangeError) throw error
      throw storeError(error, { at: this.#path, doing: 'cannot read the store' })
    }
  }

  #rollBack(reason: unknown): void {
    try {
      this.#database.exec('rollback')
    } catch (error) {
      // SQLite rolls back by itself on some errors, and then says that there is no transaction.
      if (/no transaction is active/.test((error as Error).message)) return
      throw this.#stopWhereFatal(
        storeError(reason, { at: this.#path, doing: 'cannot write the store, nor take the write back', fatal: true }),
      )
    }
  }

  #stopWhereFatal(error: ColophonError): ColophonError {
    if (error.fatal) this.#stopped = error
    return error
  }
}

/**
 * Opens the store at `path`, for this process alone.
 *
 * The file is trusted to be what this software left there: whoever can write to it can hide runs and roll the store back
 * to an older state, and cannot forge a record. Whoever can read it reads prompts and answers.
 *
 * @param options.create  make a new store; it must not be there yet. Without it a missing store is refused
 * @throws {ColophonError} STORE_MISSING, FILE_EXISTS (create), STORE_LOCKED, STORE_DAMAGED, STORE_FAILED,
 *   SQLITE_TOO_OLD, VERSION_UNSUPPORTED
 */
export const openSqliteStore = (options: { readonly path: string; readonly create?: boolean }): SqliteStore => {
  const database = openDatabase(options)
  try {
    return new SqliteStore({ database, path: options.path })
  } catch (error) {
    database.close()
    // A statement that does not compile: the tables are not those of the schema that the file claims.
    throw new ColophonError('STORE_DAMAGED', 'the tables of the store are not as they should be', {
      at: options.path,
      cause: error,
    })
  }
}

/**
 * A database that is opened for good or not at all: one transaction per write, nothing after an error whose outcome is
 * unknown.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { ColophonError } from '../../../core/errors.ts'
import { type OpenDatabaseOptions, openDatabase } from './open-database.ts'
import { removeOwner } from './owner-file.ts'
import { storeError } from './sqlite-error.ts'

export class GuardedDatabase {
  readonly #database: DatabaseSync
  readonly #path: string
  readonly #name: string
  /** Why nothing is done any more. */
  #stopped: ColophonError | undefined
  #closed = false

  private constructor(database: DatabaseSync, { path, schema }: OpenDatabaseOptions) {
    this.#database = database
    this.#path = path
    this.#name = schema.name
  }

  /**
   * Opens the file, and prepares what is needed of it.
   *
   * @param prepare  compiles statements; where it throws, the file is closed
   * @throws {ColophonError} STORE_DAMAGED  the tables are not those of the schema that the file claims; else as
   *   `openDatabase`
   */
  static open<T>(
    options: OpenDatabaseOptions,
    prepare: (database: DatabaseSync) => T,
  ): { readonly guard: GuardedDatabase; readonly prepared: T } {
    const database = openDatabase(options)
    const guard = new GuardedDatabase(database, options)
    try {
      return { guard, prepared: prepare(database) }
    } catch (cause) {
      guard.close()
      const message = `the tables of the ${options.schema.name} are not as they should be`
      throw new ColophonError('STORE_DAMAGED', message, { at: options.path, cause })
    }
  }

  /** @throws {ColophonError} STORE_FAILED, STORE_DAMAGED */
  read<T>(read: () => T): T {
    this.#requireRunning()
    try {
      return read()
    } catch (error) {
      if (error instanceof RangeError) throw error
      throw storeError(error, { at: this.#path, doing: `cannot read the ${this.#name}` })
    }
  }

  /**
   * One transaction, synced before this returns. Reads straight down: a crash before it returns leaves the file as it was;
   * from then on all of it is there. In between, whether it is depends on what reached the disk, and nobody was told that
   * it is.
   *
   * @throws {ColophonError} STORE_FAILED, and what `work` throws: nothing was written; with `fatal: true`, it is not known
   *   whether it was, or nothing more will be
   */
  write(work: () => void): void {
    this.#requireRunning()
    try {
      this.#database.exec('begin immediate')
      work()
    } catch (error) {
      this.#rollBack(error)
      throw this.#stopWhereFatal(storeError(error, { at: this.#path, doing: `cannot write the ${this.#name}` }))
    }
    try {
      this.#database.exec('commit')
    } catch (error) {
      // The frames may or may not be in the file: only reopening tells. A failed fsync is never retried.
      const doing = `cannot commit to the ${this.#name}`
      throw this.#stopWhereFatal(storeError(error, { at: this.#path, doing, fatal: true }))
    }
  }

  /**
   * Moves everything from the write-ahead log into the file, and empties it.
   *
   * @throws {ColophonError} STORE_FAILED
   */
  emptyLog(): void {
    this.#requireRunning()
    const doing = `cannot empty the write-ahead log of the ${this.#name}`
    try {
      const busy = this.#database.prepare('pragma wal_checkpoint(truncate)').get()?.['busy']
      if (busy !== 0) throw new ColophonError('STORE_FAILED', `${doing}: it is in use`, { at: this.#path })
    } catch (error) {
      throw this.#stopWhereFatal(storeError(error, { at: this.#path, doing }))
    }
  }

  /** Closes the file and frees the lock. Safe to call twice. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#stopped ??= new ColophonError('STORE_FAILED', `the ${this.#name} is closed`, { at: this.#path })
    // The owner file goes first: once the lock is free, it may be another process's.
    removeOwner(this.#path)
    this.#database.close()
  }

  #requireRunning(): void {
    const reason = this.#stopped
    if (reason === undefined) return
    throw new ColophonError(reason.code, `the ${this.#name} has stopped: ${reason.message}`, {
      at: this.#path,
      hint: reason.hint,
      fatal: true,
      cause: reason,
    })
  }

  #rollBack(reason: unknown): void {
    try {
      this.#database.exec('rollback')
    } catch (error) {
      // SQLite rolls back by itself on some errors, and then says that there is no transaction.
      if (/no transaction is active/.test((error as Error).message)) return
      const doing = `cannot write the ${this.#name}, nor take the write back`
      throw this.#stopWhereFatal(storeError(reason, { at: this.#path, doing, fatal: true }))
    }
  }

  #stopWhereFatal(error: ColophonError): ColophonError {
    if (error.fatal) this.#stopped = error
    return error
  }
}

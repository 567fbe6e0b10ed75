/**
 * The mode that every database here is opened in, and what is asserted about it.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { ColophonError } from '../../../core/errors.ts'

/** 3.7.0 to 3.51.2 can corrupt a database in WAL mode (https://www.sqlite.org/wal.html, "The WAL-reset bug"). */
const OLDEST_SQLITE = [3, 51, 3] as const

/** `pragma synchronous` as a number. */
const SYNCHRONOUS_FULL = 2

/** @throws {ColophonError} SQLITE_TOO_OLD  below 3.51.3, or not a version */
export const requireSqliteVersion = (version: string): void => {
  const parts = /^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(version) ? version.split('.').map(Number) : [0]
  for (const [at, oldest] of OLDEST_SQLITE.entries()) {
    const part = parts[at] ?? 0
    if (part > oldest) return
    if (part < oldest) {
      throw new ColophonError('SQLITE_TOO_OLD', `SQLite is ${version}, want ${OLDEST_SQLITE.join('.')} or later`)
    }
  }
}

const readPragma = (database: DatabaseSync, pragma: string): unknown =>
  Object.values(database.prepare(`pragma ${pragma}`).get() ?? {})[0]

/**
 * One owner. The exclusive lock is taken by the first access and freed by the operating system when the process ends,
 * however it ends. With it SQLite keeps the WAL's index in its own memory: no other connection can be in the file.
 *
 * Before anything else: any SELECT is an access, that of the version too, and one in normal mode makes an index in a file.
 *
 * @throws {ColophonError} SQLITE_TOO_OLD
 */
export const lock = (database: DatabaseSync): void => {
  database.exec('pragma busy_timeout = 0; pragma locking_mode = exclusive')
  requireSqliteVersion(String(database.prepare('select sqlite_version() as version').get()?.['version']))
}

/**
 * WAL, FULL, foreign keys, and nothing left of what is deleted.
 *
 * @throws {ColophonError} STORE_FAILED
 */
export const configure = (database: DatabaseSync): void => {
  const journal = readPragma(database, 'journal_mode = wal')
  if (journal !== 'wal') throw new ColophonError('STORE_FAILED', `journal mode is ${String(journal)}, want wal`)
  database.exec('pragma synchronous = full; pragma foreign_keys = on; pragma trusted_schema = off')
  // What is deleted is overwritten, and not only forgotten.
  if (readPragma(database, 'secure_delete = on') !== 1)
    throw new ColophonError('STORE_FAILED', 'deleted rows would stay readable in the file')
}

/**
 * SQLite can fall back to NORMAL, depending on how it was compiled; so this is asked after the first write.
 *
 * @throws {ColophonError} STORE_FAILED
 */
export const requireFullSync = (database: DatabaseSync): void => {
  const synchronous = readPragma(database, 'synchronous')
  if (synchronous !== SYNCHRONOUS_FULL) {
    throw new ColophonError('STORE_FAILED', `synchronous is ${String(synchronous)}, want ${SYNCHRONOUS_FULL} (FULL)`)
  }
}

/**
 * Opening the store's file: who may, in which mode, and what is asserted before anything is trusted to it.
 *
 * @module
 */
import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ColophonError } from '../../../core/errors.ts'
import { syncFolder } from '../../files/index.ts'
import { migrate, readSchemaVersion } from './migrations.ts'
import { readOwner, writeOwner } from './owner-file.ts'
import { isLocked, storeError } from './sqlite-error.ts'

/** 3.7.0 to 3.51.2 can corrupt a database in WAL mode (https://www.sqlite.org/wal.html, "The WAL-reset bug"). */
const OLDEST_SQLITE = [3, 51, 3] as const

/** Where a store is opened, its folder is there, and nothing is made in a folder that is there. */
const RESTORE = 'Restore the file from a copy, or make a new issuer in another folder: colophon init --dir FOLDER.'

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
 * WAL, FULL, foreign keys, one owner. The exclusive lock is taken by the first access and freed by the operating system
 * when the process ends, however it ends. With it SQLite keeps the WAL's index in its own memory: no other connection
 * can be in the file.
 */
const configure = (database: DatabaseSync): void => {
  requireSqliteVersion(String(database.prepare('select sqlite_version() as version').get()?.['version']))
  database.exec('pragma busy_timeout = 0; pragma locking_mode = exclusive')
  const journal = readPragma(database, 'journal_mode = wal')
  if (journal !== 'wal') throw new ColophonError('STORE_FAILED', `journal mode is ${String(journal)}, want wal`)
  database.exec('pragma synchronous = full; pragma foreign_keys = on; pragma trusted_schema = off')
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

/** An empty file that only its owner may read (it will hold prompts), with its name durable in its folder. */
const createFile = (path: string): void => {
  closeSync(openSync(path, 'wx', 0o600))
  syncFolder(dirname(path))
}

const lockedError = (path: string, cause: unknown): ColophonError => {
  const owner = readOwner(path)
  const who = owner === undefined ? 'another process' : `process ${owner}`
  return new ColophonError('STORE_LOCKED', `${who} has the store open`, {
    at: path,
    cause,
    ...(owner === undefined ? {} : { details: { pid: owner } }),
  })
}

const prepareSchema = (database: DatabaseSync, { path, create }: { path: string; create: boolean }): void => {
  const version = readSchemaVersion(database)
  if (version === 'foreign')
    throw new ColophonError('STORE_DAMAGED', 'the file is not a store of colophon', { at: path })
  if (version === 'empty' && !create) {
    const message = 'the file is empty: creating the store was not finished'
    throw new ColophonError('STORE_MISSING', message, { at: path, hint: RESTORE })
  }
  if (version !== 'empty' && create) throw new ColophonError('FILE_EXISTS', 'there is a store already', { at: path })
  migrate(database, version === 'empty' ? 0 : version)
}

/**
 * Opens the database of a store, locked for this process, at the current schema, with a first write behind it.
 *
 * @param input.create  make a new store; without it, a missing one is refused
 * @throws {ColophonError} STORE_MISSING, FILE_EXISTS (create), STORE_LOCKED, STORE_DAMAGED, STORE_FAILED,
 *   SQLITE_TOO_OLD, VERSION_UNSUPPORTED
 */
export const openDatabase = ({ path, create = false }: { path: string; create?: boolean }): DatabaseSync => {
  let database: DatabaseSync | undefined
  try {
    if (!existsSync(path)) {
      if (!create) throw new ColophonError('STORE_MISSING', 'there is no store', { at: path, hint: RESTORE })
      createFile(path)
    }
    if (!statSync(path).isFile())
      throw new ColophonError('STORE_FAILED', 'the store is not a regular file', { at: path })
    database = new DatabaseSync(path)
    configure(database)
    prepareSchema(database, { path, create })
    // A write that changes nothing: it shows, before anything is served, that the file can be written and synced.
    database.exec('begin immediate; update log_head set size = size where only = 1; commit')
    requireFullSync(database)
    writeOwner(path)
    return database
  } catch (error) {
    try {
      database?.close()
    } catch {
      // The error on the way tells more.
    }
    throw isLocked(error) ? lockedError(path, error) : storeError(error, { at: path, doing: 'cannot open the store' })
  }
}

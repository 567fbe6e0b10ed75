/**
 * Opening a database file: who may, and what is asserted before anything is trusted to it.
 *
 * @module
 */
import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ColophonError } from '../../../core/errors.ts'
import { syncFolder } from '../../files/index.ts'
import { type DatabaseSchema, migrate, readSchemaVersion } from './database-schema.ts'
import { readOwner, writeOwner } from './owner-file.ts'
import { isLocked, storeError } from './sqlite-error.ts'
import { configure, lock, requireFullSync } from './sqlite-mode.ts'

export interface OpenDatabaseOptions {
  readonly path: string
  readonly schema: DatabaseSchema
  /** Make a new one; it must not be there yet. Without it, a missing one is refused. */
  readonly create?: boolean
}

/** An empty file that only its owner may read (it may hold prompts), with its name durable in its folder. */
const createFile = (path: string): void => {
  closeSync(openSync(path, 'wx', 0o600))
  syncFolder(dirname(path))
}

const lockedError = ({ path, schema }: OpenDatabaseOptions, cause: unknown): ColophonError => {
  const owner = readOwner(path)
  const who = owner === undefined ? 'another process' : `process ${owner}`
  return new ColophonError('STORE_LOCKED', `${who} has the ${schema.name} open`, {
    at: path,
    cause,
    ...(owner === undefined ? {} : { details: { pid: owner } }),
  })
}

const requireFile = ({ path, schema, create }: OpenDatabaseOptions): void => {
  const { name, missing } = schema
  if (!existsSync(path)) {
    if (!create) throw new ColophonError(missing.code, `there is no ${name}`, { at: path, hint: missing.hint })
    createFile(path)
  }
  if (statSync(path).isFile()) return
  throw new ColophonError('STORE_FAILED', `the ${name} is not a regular file`, { at: path })
}

/** Before anything is written: a file of another program, or one that is empty, stays what it is. */
const requireOurs = (database: DatabaseSync, { path, schema, create }: OpenDatabaseOptions): number => {
  const { name, missing } = schema
  const version = readSchemaVersion(database, schema)
  if (version === 'foreign') {
    throw new ColophonError('STORE_DAMAGED', `the file is not a ${name} of colophon`, { at: path })
  }
  if (version === 'empty' && !create) {
    const message = `the file is empty: creating the ${name} was not finished`
    throw new ColophonError(missing.code, message, { at: path, hint: missing.hint })
  }
  if (version !== 'empty' && create) throw new ColophonError('FILE_EXISTS', `there is a ${name} already`, { at: path })
  return version === 'empty' ? 0 : version
}

/**
 * Opens a database, locked for this process, at its current schema, with a first write behind it.
 *
 * @throws {ColophonError} what the schema says of a missing file; FILE_EXISTS (create), STORE_LOCKED, STORE_DAMAGED,
 *   STORE_FAILED, SQLITE_TOO_OLD, VERSION_UNSUPPORTED
 */
export const openDatabase = (options: OpenDatabaseOptions): DatabaseSync => {
  const { path, schema } = options
  let database: DatabaseSync | undefined
  try {
    requireFile(options)
    database = new DatabaseSync(path)
    lock(database)
    const version = requireOurs(database, options)
    configure(database)
    migrate(database, { schema, version })
    database.exec(`begin immediate; ${schema.firstWrite}; commit`)
    requireFullSync(database)
    writeOwner(path)
    return database
  } catch (error) {
    try {
      database?.close()
    } catch {
      // The error on the way tells more.
    }
    const doing = `cannot open the ${schema.name}`
    throw isLocked(error) ? lockedError(options, error) : storeError(error, { at: path, doing })
  }
}

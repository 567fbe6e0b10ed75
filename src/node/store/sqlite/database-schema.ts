/**
 * What kind of database a file is, and bringing it up to date: numbered migrations. The number that a file has reached is
 * in its `user_version`; `application_id` tells our files from other SQLite databases, and from one another. A migration
 * that was published never changes.
 *
 * The SQL is text in modules: the published package then needs no files beside its code.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { ColophonError, type ErrorCode } from '../../../core/errors.ts'

export interface DatabaseSchema {
  /** What messages call it: 'store'. */
  readonly name: string
  readonly applicationId: number
  /** Migration n is element n - 1. */
  readonly migrations: readonly string[]
  /** A write that changes nothing: it shows, before anything is served, that the file can be written and synced. */
  readonly firstWrite: string
  /** How a missing file is refused. */
  readonly missing: { readonly code: ErrorCode; readonly hint: string }
}

const readPragma = (database: DatabaseSync, name: 'user_version' | 'application_id'): number =>
  Number(Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0])

/** What is in a database file: nothing yet, a database of this kind at some version, or something else. */
export const readSchemaVersion = (database: DatabaseSync, schema: DatabaseSchema): number | 'empty' | 'foreign' => {
  const version = readPragma(database, 'user_version')
  const application = readPragma(database, 'application_id')
  const row = database.prepare('select count(*) as objects from sqlite_schema').get()
  if (version === 0 && application === 0 && Number(row?.['objects']) === 0) return 'empty'
  return application === schema.applicationId && version >= 1 ? version : 'foreign'
}

/**
 * Brings a database from `version` (0: an empty file) to the newest one, in one transaction. If the process dies here, it
 * is what it was.
 *
 * @returns the numbers of the migrations that ran
 * @throws {ColophonError} VERSION_UNSUPPORTED  it is newer than this software
 */
export const migrate = (
  database: DatabaseSync,
  { schema, version }: { readonly schema: DatabaseSchema; readonly version: number },
): readonly number[] => {
  const { name, applicationId, migrations } = schema
  const newest = migrations.length
  if (version > newest) {
    throw new ColophonError('VERSION_UNSUPPORTED', `the ${name} has schema ${version}, want ${newest} or less`)
  }
  const applied: number[] = []
  if (version === newest) return applied
  database.exec('begin immediate')
  try {
    for (let number = version + 1; number <= newest; number++) {
      database.exec(migrations[number - 1] as string)
      applied.push(number)
    }
    database.exec(`pragma application_id = ${applicationId}; pragma user_version = ${newest}; commit`)
  } catch (error) {
    try {
      database.exec('rollback')
    } catch {
      // SQLite has rolled back already.
    }
    throw error
  }
  return applied
}

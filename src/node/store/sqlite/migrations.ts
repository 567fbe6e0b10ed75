/**
 * Numbered migrations. The number that a store has reached is in its `user_version`; `application_id` tells our files
 * from other SQLite databases. A migration that was published never changes.
 *
 * The SQL is text in modules: the published package then needs no files beside its code.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { ColophonError } from '../../../core/errors.ts'
import { sql as logAndRegistry } from './sql/0001-log-and-registry.ts'

/** Migration n is element n - 1. */
const MIGRATIONS: readonly string[] = [logAndRegistry]

/** The schema version that this software writes. */
export const SCHEMA_VERSION: number = MIGRATIONS.length

/** 'Colo' */
export const APPLICATION_ID = 0x436f6c6f

const readPragma = (database: DatabaseSync, name: 'user_version' | 'application_id'): number =>
  Number(Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0])

/** What is in a database file: nothing yet, a store of ours at some version, or something else. */
export const readSchemaVersion = (database: DatabaseSync): number | 'empty' | 'foreign' => {
  const version = readPragma(database, 'user_version')
  const application = readPragma(database, 'application_id')
  const row = database.prepare('select count(*) as objects from sqlite_schema').get()
  if (version === 0 && application === 0 && Number(row?.['objects']) === 0) return 'empty'
  return application === APPLICATION_ID && version >= 1 ? version : 'foreign'
}

/**
 * Brings a store from `version` (0: an empty file) to {@link SCHEMA_VERSION}, in one transaction. If the process dies
 * here, the store is what it was.
 *
 * @returns the numbers of the migrations that ran
 * @throws {ColophonError} VERSION_UNSUPPORTED  the store is newer than this software
 */
export const migrate = (database: DatabaseSync, version: number): readonly number[] => {
  if (version > SCHEMA_VERSION) {
    throw new ColophonError('VERSION_UNSUPPORTED', `the store has schema ${version}, want ${SCHEMA_VERSION} or less`)
  }
  const applied: number[] = []
  if (version === SCHEMA_VERSION) return applied
  database.exec('begin immediate')
  try {
    for (let number = version + 1; number <= SCHEMA_VERSION; number++) {
      database.exec(MIGRATIONS[number - 1] as string)
      applied.push(number)
    }
    database.exec(`pragma application_id = ${APPLICATION_ID}; pragma user_version = ${SCHEMA_VERSION}; commit`)
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

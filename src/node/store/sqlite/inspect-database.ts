/**
 * Looking into a database without changing a byte of it, and without making a file beside it.
 *
 * SQLite reads a database in WAL mode only by opening the WAL, which makes or replays one. So:
 *
 *     no WAL, or an empty one (it was closed)    the file is read where it is, declared immutable: no lock, no WAL
 *     a WAL (its process was killed)             file and WAL are copied, and the copy is opened as ever
 *
 * That nobody writes meanwhile is looked up before, and that nobody did is compared after.
 *
 * @module
 */
import { closeSync, constants, copyFileSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { ColophonError } from '../../../core/errors.ts'
import { type DatabaseSchema, readSchemaVersion } from './database-schema.ts'
import { databaseUser } from './database-user.ts'
import { storeError } from './sqlite-error.ts'

export interface InspectOptions {
  readonly path: string
  readonly schema: DatabaseSchema
}

/** Most that is copied, in bytes: 1 GiB. */
const MAX_COPIED_SIZE = 2 ** 30

/** Bytes 18 and 19 of the file header (https://www.sqlite.org/fileformat2.html): 2 is WAL. */
const VERSIONS_AT = 18
const WAL_VERSION = 2

/**
 * What `look` finds in the database.
 *
 * @param look  reads only; the database is closed when what it returns is settled
 * @throws {ColophonError} STORE_LOCKED   a process has it open, or changed it meanwhile
 * @throws {ColophonError} STORE_MISSING  or what the schema says of a missing file
 * @throws {ColophonError} STORE_DAMAGED, STORE_FAILED, VERSION_UNSUPPORTED
 * @throws {ColophonError} FILE_TOO_LARGE  there is a WAL, and together they are more than is copied
 */
export const inspectDatabase = async <T>(
  options: InspectOptions,
  look: (database: DatabaseSync) => T | Promise<T>,
): Promise<T> => {
  const before = requireFree(options)
  const found = await lookInto(options, before, look).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  // Whatever was found, or thrown: it is of no moment that ever was.
  if (stateOf(options.path)?.stamp !== before.stamp) throw lockedError(options, undefined)
  if ('error' in found) throw found.error
  return found.value
}

const lookInto = async <T>(
  options: InspectOptions,
  state: FileState,
  look: (database: DatabaseSync) => T | Promise<T>,
): Promise<T> => {
  const { path, schema } = options
  let opened: OpenedDatabase | undefined
  try {
    opened = state.walSize === 0 ? openInPlace(path) : openCopy(options, state)
    requireKnown(opened.database, options)
    return await look(opened.database)
  } catch (error) {
    throw storeError(error, { at: path, doing: `cannot read the ${schema.name}` })
  } finally {
    opened?.close()
  }
}

interface OpenedDatabase {
  readonly database: DatabaseSync
  readonly close: () => void
}

interface FileState {
  readonly size: number
  readonly walSize: number
  readonly stamp: string
}

const stateOf = (path: string): FileState | undefined => {
  const file = statSync(path, { throwIfNoEntry: false })
  const wal = statSync(`${path}-wal`, { throwIfNoEntry: false })
  if (file === undefined) return undefined
  const stamp = [file, wal].map((one) => (one === undefined ? 'none' : `${one.ino} ${one.size} ${one.mtimeMs}`)).join()
  return { size: file.size, walSize: wal?.size ?? 0, stamp }
}

const requireFree = (options: InspectOptions): FileState => {
  const { path, schema } = options
  const { name, missing } = schema
  const state = stateOf(path)
  if (state === undefined)
    throw new ColophonError(missing.code, `there is no ${name}`, { at: path, hint: missing.hint })
  if (!statSync(path).isFile())
    throw new ColophonError('STORE_FAILED', `the ${name} is not a regular file`, { at: path })
  const user = databaseUser(path)
  if (user !== undefined) throw lockedError(options, user)
  return state
}

const lockedError = ({ path, schema }: InspectOptions, user: number | undefined): ColophonError => {
  if (user === undefined) {
    return new ColophonError('STORE_LOCKED', `the ${schema.name} was written to while it was read`, { at: path })
  }
  return new ColophonError('STORE_LOCKED', `process ${user} has the ${schema.name} open`, {
    at: path,
    details: { pid: user },
  })
}

const openInPlace = (path: string): OpenedDatabase => {
  const url = pathToFileURL(path)
  url.searchParams.set('mode', 'ro')
  url.searchParams.set('immutable', '1')
  const database = new DatabaseSync(url, { readOnly: true })
  return { database, close: () => database.close() }
}

const openCopy = ({ path, schema }: InspectOptions, { size, walSize }: FileState): OpenedDatabase => {
  if (size + walSize > MAX_COPIED_SIZE) {
    const message = `the ${schema.name} was not closed, and to read it without changing it takes a copy of ${size + walSize} bytes`
    throw new ColophonError('FILE_TOO_LARGE', message, {
      at: path,
      hint: 'Start and stop a gateway once, which closes it properly; then ask again.',
    })
  }
  const folder = mkdtempSync(join(tmpdir(), 'colophon-inspect-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    const copy = join(folder, 'copy.sqlite')
    copyFileSync(path, copy, constants.COPYFILE_FICLONE)
    copyFileSync(`${path}-wal`, `${copy}-wal`, constants.COPYFILE_FICLONE)
    const database = new DatabaseSync(copy)
    const close = (): void => {
      database.close()
      remove()
    }
    return { database, close }
  } catch (error) {
    remove()
    throw error
  }
}

/** @throws {ColophonError} as `openDatabase` */
const requireKnown = (database: DatabaseSync, { path, schema }: InspectOptions): void => {
  const { name, missing, migrations } = schema
  const version = readSchemaVersion(database, schema)
  if (version === 'foreign') {
    throw new ColophonError('STORE_DAMAGED', `the file is not a ${name} of colophon`, { at: path })
  }
  if (version === 'empty') {
    const message = `the file is empty: creating the ${name} was not finished`
    throw new ColophonError(missing.code, message, { at: path, hint: missing.hint })
  }
  if (version > migrations.length) {
    const message = `the ${name} has schema ${version}, want ${migrations.length} or less`
    throw new ColophonError('VERSION_UNSUPPORTED', message, { at: path })
  }
}

/** Whether the file itself says that it is in WAL mode. What is no file is not. */
export const isInWalMode = (path: string): boolean => {
  if (!statSync(path).isFile()) return false
  const file = openSync(path, 'r')
  try {
    const versions = Buffer.alloc(2)
    readSync(file, versions, 0, 2, VERSIONS_AT)
    return versions.every((version) => version === WAL_VERSION)
  } finally {
    closeSync(file)
  }
}

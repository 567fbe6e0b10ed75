/**
 * SQLite's errors as ours.
 *
 * @module
 */
import { ColophonError } from '../../../core/errors.ts'
import { describeFileError } from '../../files/index.ts'

/** Primary result codes (https://www.sqlite.org/rescode.html) that are told apart. */
const NO_PERMISSION = 3
const BUSY = 5
const LOCKED = 6
const READ_ONLY = 8
const CORRUPT = 11
const DISK_FULL = 13
const CANNOT_OPEN = 14
const NOT_A_DATABASE = 26

const CHECK_PERMISSIONS = 'Check the permissions of the file and of its folder; nothing was acknowledged.'

/** What to do, where the code tells more than that something failed. */
const HINTS: ReadonlyMap<number | undefined, string> = new Map([
  [NO_PERMISSION, CHECK_PERMISSIONS],
  [READ_ONLY, CHECK_PERMISSIONS],
  [CANNOT_OPEN, CHECK_PERMISSIONS],
  [DISK_FULL, 'Make room on the disk; nothing was acknowledged.'],
])

/** The primary result code of an error of node:sqlite; undefined for any other. */
const resultCode = (error: unknown): number | undefined => {
  const extended = (error as { errcode?: unknown } | null)?.errcode
  return typeof extended === 'number' ? extended & 0xff : undefined
}

/** True where another connection holds the lock. */
export const isLocked = (error: unknown): boolean => {
  const code = resultCode(error)
  return code === BUSY || code === LOCKED
}

/**
 * STORE_DAMAGED where SQLite says that the file is not in order, STORE_FAILED for all else: disk full, I/O error,
 * read-only file, a broken constraint. SQLite's own text has no row's contents in it.
 *
 * @param options.at     the file of the store
 * @param options.doing  what was being done, as in 'cannot write the store'
 * @param options.fatal  it is not known whether the change is durable
 */
export const storeError = (
  error: unknown,
  options: { readonly at: string; readonly doing: string; readonly fatal?: boolean },
): ColophonError => {
  if (ColophonError.is(error)) return error
  const code = resultCode(error)
  const damaged = code === CORRUPT || code === NOT_A_DATABASE
  const hint = isFileError(error) ? CHECK_PERMISSIONS : HINTS.get(code)
  return new ColophonError(damaged ? 'STORE_DAMAGED' : 'STORE_FAILED', `${options.doing}: ${reasonOf(error)}`, {
    at: options.at,
    cause: error,
    fatal: damaged || (options.fatal ?? false),
    ...(hint === undefined ? {} : { hint }),
    ...(code === undefined ? {} : { details: { sqlite: code } }),
  })
}

/** An error of the file system, met before SQLite was asked. */
const isFileError = (error: unknown): boolean => (error as NodeJS.ErrnoException | null)?.syscall !== undefined

function reasonOf(error: unknown): string {
  if (isFileError(error)) return describeFileError(error, 'writing')
  return error instanceof Error ? error.message : String(error)
}

/**
 * SQLite's errors as ours.
 *
 * @module
 */
import { ColophonError } from '../../../core/errors.ts'

/** Primary result codes (https://www.sqlite.org/rescode.html) that are told apart. */
const BUSY = 5
const LOCKED = 6
const CORRUPT = 11
const NOT_A_DATABASE = 26

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
 * @param options.doing  what was being done, as in 'cannot write the store'
 * @param options.fatal  it is not known whether the change is durable
 */
export const storeError = (
  error: unknown,
  options: { readonly doing: string; readonly fatal?: boolean },
): ColophonError => {
  if (ColophonError.is(error)) return error
  const code = resultCode(error)
  const damaged = code === CORRUPT || code === NOT_A_DATABASE
  const reason = error instanceof Error ? error.message : String(error)
  return new ColophonError(damaged ? 'STORE_DAMAGED' : 'STORE_FAILED', `${options.doing}: ${reason}`, {
    cause: error,
    fatal: damaged || (options.fatal ?? false),
    ...(code === undefined ? {} : { details: { sqlite: code } }),
  })
}

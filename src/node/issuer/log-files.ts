/**
 * The two files of a log, opened together and closed together: the store, and the head store that remembers its last
 * checkpoint.
 *
 * @module
 */
import type { VerifierKey } from '../../core/note/index.ts'
import { openSqliteHeadStore, openSqliteStore, type SqliteHeadStore, type SqliteStore } from '../store/sqlite/index.ts'

export interface LogFiles {
  /** SQLite file: log, declarations and runs. */
  readonly store: string
  /** SQLite file: the last checkpoint that the log signed. Better on another disk than the store. */
  readonly head: string
}

export interface OpenedLogFiles {
  readonly store: SqliteStore
  readonly head: SqliteHeadStore
  close(): void
}

/**
 * @param input.create  what is to be made new; it must not be there yet
 * @throws {ColophonError} as `openSqliteStore` and `openSqliteHeadStore`
 */
export function openLogFiles(input: {
  readonly files: LogFiles
  readonly logKey: VerifierKey
  readonly create: { readonly store: boolean; readonly head: boolean }
}): OpenedLogFiles {
  const { files, logKey, create } = input
  const store = openSqliteStore({ path: files.store, create: create.store })
  try {
    const head = openSqliteHeadStore({ path: files.head, logKey, create: create.head })
    const close = (): void => {
      head.close()
      store.close()
    }
    return { store, head, close }
  } catch (error) {
    store.close()
    throw error
  }
}

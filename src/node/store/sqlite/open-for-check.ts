/**
 * Opening a store for fsck: locked for this process as ever, whether its log can be opened or not.
 *
 * @module
 */
import type { CheckableStore, Findings } from '../../../web/fsck/index.ts'
import { checkDatabase } from './check-database.ts'
import { CheckReads, CheckStatements } from './check-reads.ts'
import { GuardedDatabase } from './guarded-database.ts'
import { STORE_SCHEMA } from './store-schema.ts'

export interface StoreForCheck {
  readonly store: CheckableStore
  /** Checks the file itself, and the rules between its rows. */
  checkDatabase(findings: Findings): void
  /** Closes the file and frees the lock. */
  close(): void
}

/**
 * @throws {ColophonError} STORE_MISSING, STORE_LOCKED, STORE_FAILED, SQLITE_TOO_OLD, VERSION_UNSUPPORTED
 * @throws {ColophonError} STORE_DAMAGED  so much that there is nothing to look at
 */
export const openStoreForCheck = ({ path }: { readonly path: string }): StoreForCheck => {
  const { guard, prepared } = GuardedDatabase.open({ path, schema: STORE_SCHEMA }, (database) => ({
    statements: new CheckStatements(database),
    database,
  }))
  return {
    store: new CheckReads({ guard, statements: prepared.statements }),
    checkDatabase: (findings) => checkDatabase(prepared.database, findings),
    close: () => guard.close(),
  }
}

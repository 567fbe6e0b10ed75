/**
 * The database that holds log and registry.
 *
 * @module
 */
import type { DatabaseSchema } from './database-schema.ts'
import { sql as logAndRegistry } from './sql/0001-log-and-registry.ts'

export const STORE_SCHEMA: DatabaseSchema = {
  name: 'store',
  /** 'Colo' */
  applicationId: 0x436f6c6f,
  migrations: [logAndRegistry],
  firstWrite: 'update log_head set only = only where only = 1',
  missing: {
    code: 'STORE_MISSING',
    // Where a store is opened, its folder is there, and nothing is made in a folder that is there.
    hint: 'Restore the file from a copy, or make a new issuer in another folder: colophon init --dir FOLDER.',
  },
}

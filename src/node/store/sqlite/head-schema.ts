/**
 * The database that remembers the last checkpoint of a log.
 *
 * @module
 */
import type { DatabaseSchema } from './database-schema.ts'
import { sql as lastCheckpoint } from './sql/head-0001-last-checkpoint.ts'

export const HEAD_SCHEMA: DatabaseSchema = {
  name: 'head store',
  /** 'ColH' */
  applicationId: 0x436f6c48,
  migrations: [lastCheckpoint],
  firstWrite: 'update last_checkpoint set only = only where only = 1',
  missing: {
    code: 'LOG_HEAD_MISSING',
    hint:
      'Bring the file back, or mount the disk that `head` in config.json names. ' +
      'If it is lost and the store is the newest: colophon log resume --size N, with the size that it has.',
  },
}

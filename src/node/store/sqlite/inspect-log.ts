/**
 * Reading a log's store and head store as they lie there, for those who only look (`inspect-database.ts`).
 *
 * @module
 */
import { equalBytes } from '../../../core/bytes/index.ts'
import { ColophonError } from '../../../core/errors.ts'
import { fullKeyId, type VerifierKey } from '../../../core/note/index.ts'
import type { LogReads, SignedHead } from '../../../web/log/index.ts'
import { HEAD_SCHEMA } from './head-schema.ts'
import { inspectDatabase } from './inspect-database.ts'
import { LogTables } from './log-tables.ts'
import { STORE_SCHEMA } from './store-schema.ts'

/** What `look` finds in the log of a store. @throws {ColophonError} as `inspectDatabase` */
export const inspectStore = <T>(path: string, look: (reads: LogReads) => Promise<T>): Promise<T> =>
  inspectDatabase({ path, schema: STORE_SCHEMA }, (database) => {
    const tables = tablesOf(path, () => new LogTables(database))
    return look({
      load: async () => tables.load(),
      readTile: async (key) => tables.readTile(key),
      readEntries: async (range) => tables.readEntries(range),
    })
  })

/**
 * What a head store remembers.
 *
 * @throws {ColophonError} LOG_HEAD_MISSING, LOG_HEAD_FOREIGN, and as `inspectDatabase`
 */
export const inspectHead = (path: string, logKey: VerifierKey): Promise<SignedHead | undefined> =>
  inspectDatabase({ path, schema: HEAD_SCHEMA }, (database) => {
    const row = tablesOf(path, () => database.prepare(SELECT_HEAD).get())
    if (row === undefined) throw new ColophonError('STORE_DAMAGED', 'the head store has no row', { at: path })
    const { origin, key_id: keyId, checkpoint, signed_at_ms: signedAtMs } = row
    const isBound = origin !== null
    const isOurs = origin === logKey.name && equalBytes({ left: keyId as Uint8Array, right: fullKeyId(logKey) })
    if (isBound && !isOurs) {
      const message = `the head store belongs to another log than the key of ${logKey.name} in use`
      throw new ColophonError('LOG_HEAD_FOREIGN', message, { at: path })
    }
    return checkpoint === null ? undefined : { checkpoint: checkpoint as string, signedAtMs: Number(signedAtMs) }
  })

const SELECT_HEAD = 'select origin, key_id, checkpoint, signed_at_ms from last_checkpoint where only = 1'

/** A statement that does not compile: the tables are not those of the schema that the file claims. */
const tablesOf = <T>(path: string, prepare: () => T): T => {
  try {
    return prepare()
  } catch (cause) {
    throw new ColophonError('STORE_DAMAGED', 'the tables are not as they should be', { at: path, cause })
  }
}

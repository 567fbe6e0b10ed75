/**
 * Which run is meant: by its id, its record, or the answer that the record lies beside.
 *
 * @module
 */
import { stat } from 'node:fs/promises'
import { parseBundle } from '../../core/bundle/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { parseRunStatement } from '../../core/run/index.ts'
import { inFile, readFileBounded } from '../files/index.ts'

const RUN_ID = /^[0-9a-f]{64}$/
const RECORD_SUFFIX = '.sigstore.json'
const MAX_RECORD_SIZE = 64 << 20

/**
 * Nothing of the record is believed but the id: the run is looked up in the issuer's own store.
 *
 * @throws {ColophonError} RECORD_NOT_FOUND, FILE_UNREADABLE, FILE_TOO_LARGE, BUNDLE_MALFORMED, STATEMENT_MALFORMED
 */
export async function runIdFor(run: string): Promise<string> {
  if (RUN_ID.test(run)) return run
  const path = run.endsWith(RECORD_SUFFIX) ? run : run + RECORD_SUFFIX
  const bytes = await readRecord(path)
  return inFile(path, () => parseRunStatement(parseBundle(bytes).envelope.payload).runId)
}

async function readRecord(path: string): Promise<Uint8Array> {
  if (await isThere(path)) return readFileBounded(path, { maxBytes: MAX_RECORD_SIZE })
  throw new ColophonError('RECORD_NOT_FOUND', 'there is no record that says which run is meant', {
    at: path,
    hint: 'Name a run by its id (64 hexadecimal digits), its record, or the answer that its record lies beside.',
  })
}

/** What is there and cannot be looked at is there: reading it says why. */
const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  )

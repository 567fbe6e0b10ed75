/**
 * Resumes the log of an issuer: what `colophon log resume --size N` does (`web/log/resume-log.ts` says what is stated and
 * what is checked). A head store that is not there is made.
 *
 * @module
 */
import { existsSync, rmSync } from 'node:fs'
import { ColophonError } from '../../core/errors.ts'
import type { VerifierKey } from '../../core/note/index.ts'
import { type ResumedLog, resumeLog, verifierKeyOf } from '../../web/log/index.ts'
import { loadCheckpointSigner, nodeSha256, nodeVerifier } from '../keys/index.ts'
import { openSqliteStore } from '../store/sqlite/index.ts'
import { type LogFiles, openLogFiles } from './log-files.ts'

/** @throws {ColophonError} as `resumeLog`; KEY_*, FILE_UNREADABLE, STORE_*, SQLITE_TOO_OLD, VERSION_UNSUPPORTED */
export async function resumeIssuerLog(input: {
  readonly files: LogFiles & { readonly logKey: string }
  readonly origin: string
  /** Entries in the log, as the operator says. */
  readonly size: bigint
}): Promise<ResumedLog> {
  const { files, origin, size } = input
  const logKey = verifierKeyOf(loadCheckpointSigner(files.logKey, origin))
  const isNew = !existsSync(files.head)
  if (isNew) await requireSize(files.store, size)
  let isResumed = false
  try {
    const resumed = await resumeIn({ files, logKey, size, isNew })
    isResumed = true
    return resumed
  } finally {
    // One that remembers nothing would let an old store pass for one whose first commit was cut short.
    if (isNew && !isResumed) for (const part of PARTS) rmSync(files.head + part, { force: true })
  }
}

/** A head store, and what SQLite and this software put beside it. */
const PARTS = ['', '-wal', '-shm', '.owner']

/** Before anything is made: a refused statement changes nothing. */
async function requireSize(path: string, size: bigint): Promise<void> {
  const store = openSqliteStore({ path })
  try {
    const stored = await store.load()
    if (stored.size === size) return
    throw new ColophonError('LOG_SIZE_MISMATCH', `the store has ${stored.size} entries, not ${size}`)
  } finally {
    store.close()
  }
}

async function resumeIn(input: {
  readonly files: LogFiles
  readonly logKey: VerifierKey
  readonly size: bigint
  readonly isNew: boolean
}): Promise<ResumedLog> {
  const { files, logKey, size, isNew } = input
  const opened = openLogFiles({ files, logKey, create: { store: false, head: isNew } })
  try {
    const { store, head } = opened
    return await resumeLog({ store, head, logKey, size, nowMs: Date.now(), verifier: nodeVerifier, hash: nodeSha256 })
  } finally {
    opened.close()
  }
}

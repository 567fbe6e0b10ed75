/**
 * Resumes the log of an issuer: what `colophon log resume --size N` does (`web/log/resume-log.ts` says what is stated and
 * what is checked).
 *
 * A head store that is not there, or empty, is made beside its place, and gets its name when it remembers the checkpoint: one
 * that remembers nothing would let an old store pass for one whose first commit was cut short. If the process dies before,
 * nothing has changed but a file that ends in `.tmp`.
 *
 * @module
 */
import { renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { VerifierKey } from '../../core/note/index.ts'
import { type ResumedLog, resumeLog, verifierKeyOf } from '../../web/log/index.ts'
import { syncFolder } from '../files/index.ts'
import { loadCheckpointSigner, nodeSha256, nodeVerifier } from '../keys/index.ts'
import { type LogFiles, openLogFiles } from './log-files.ts'

export interface ResumeIssuerLogInput {
  readonly files: LogFiles & { readonly logKey: string }
  readonly origin: string
  /** Entries in the log, as the operator says. */
  readonly size: bigint
}

/** @throws {ColophonError} as `resumeLog`; KEY_*, FILE_UNREADABLE, STORE_*, SQLITE_TOO_OLD, VERSION_UNSUPPORTED */
export async function resumeIssuerLog({ files, origin, size }: ResumeIssuerLogInput): Promise<ResumedLog> {
  const logKey = verifierKeyOf(loadCheckpointSigner(files.logKey, origin))
  if (!isThere(files.head)) return await resumeWithNewHead({ files, logKey, size })
  return await resumeWith({ files, logKey, size, create: false })
}

const isThere = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0

interface ResumeInput {
  readonly files: LogFiles
  readonly logKey: VerifierKey
  readonly size: bigint
}

async function resumeWithNewHead({ files, logKey, size }: ResumeInput): Promise<ResumedLog> {
  const temporary = `${files.head}.tmp`
  removeDatabase(temporary)
  try {
    const resumed = await resumeWith({ files: { ...files, head: temporary }, logKey, size, create: true })
    removeDatabase(files.head)
    renameSync(temporary, files.head)
    syncFolder(dirname(files.head))
    return resumed
  } finally {
    removeDatabase(temporary)
  }
}

async function resumeWith(input: ResumeInput & { readonly create: boolean }): Promise<ResumedLog> {
  const { files, logKey, size, create } = input
  const opened = openLogFiles({ files, logKey, create: { store: false, head: create } })
  try {
    const { store, head } = opened
    return await resumeLog({ store, head, logKey, size, nowMs: Date.now(), verifier: nodeVerifier, hash: nodeSha256 })
  } finally {
    opened.close()
  }
}

/** A database, and what SQLite and this software put beside it. */
function removeDatabase(path: string): void {
  for (const part of ['', '-wal', '-shm', '.owner']) rmSync(path + part, { force: true })
}

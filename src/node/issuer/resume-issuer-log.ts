/**
 * Resumes the log of an issuer: what `colophon log resume --size N` does (`web/log/resume-log.ts` says what is stated and
 * what is checked). A head store that is not there is made.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { type ResumedLog, resumeLog, verifierKeyOf } from '../../web/log/index.ts'
import { loadCheckpointSigner, nodeSha256, nodeVerifier } from '../keys/index.ts'
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
  const opened = openLogFiles({ files, logKey, create: { store: false, head: !existsSync(files.head) } })
  try {
    const { store, head } = opened
    return await resumeLog({ store, head, logKey, size, nowMs: Date.now(), verifier: nodeVerifier, hash: nodeSha256 })
  } finally {
    opened.close()
  }
}

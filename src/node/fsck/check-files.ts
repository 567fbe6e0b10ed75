/**
 * fsck of the files of a log: the store, whether its log opens or not, and the head store beside it.
 *
 * @module
 */
import { ColophonError } from '../../core/errors.ts'
import type { VerifierKey } from '../../core/note/index.ts'
import { deriveSalts } from '../../core/spans/index.ts'
import type { TrustedSigner } from '../../core/trust/index.ts'
import { checkStore, Findings, type FsckProgress, type FsckReport } from '../../web/fsck/index.ts'
import type { LogHead } from '../../web/log/index.ts'
import { nodeHmacSha256, nodeSha256, nodeVerifier } from '../keys/index.ts'
import { openSqliteHeadStore, openStoreForCheck, type StoreForCheck } from '../store/sqlite/index.ts'

export interface CheckFilesInput {
  /** SQLite file of the store. */
  readonly store: string
  /** SQLite file of the head store. Undefined: it is not looked at. */
  readonly head: string | undefined
  readonly logKey: VerifierKey
  /** Every key that the issuer ever signed with. */
  readonly signers: readonly TrustedSigner[]
  readonly onProgress?: (progress: FsckProgress) => void
}

/**
 * Damage is in the report, however bad.
 *
 * @throws {ColophonError} STORE_MISSING, STORE_LOCKED, STORE_FAILED, SQLITE_TOO_OLD, VERSION_UNSUPPORTED
 */
export async function checkFiles(input: CheckFilesInput): Promise<FsckReport> {
  const findings = new Findings()
  const opened = open(input.store, findings)
  if (opened === undefined) return nothingChecked(findings)
  try {
    opened.checkDatabase(findings)
    const { logKey, signers, onProgress } = input
    const head = headOf(input, findings)
    try {
      return await checkStore({
        store: opened.store,
        ...(head === undefined ? {} : { head }),
        logKey,
        trust: {
          signers,
          logs: [logKey],
          witnesses: [],
          require: [],
          acceptClaimed: true,
          captures: ['gateway', 'inProcess'],
          declarations: 'any',
        },
        verifier: nodeVerifier,
        hash: nodeSha256,
        salts: (salts) => deriveSalts(salts, nodeHmacSha256),
        findings,
        ...(onProgress === undefined ? {} : { onProgress }),
      })
    } finally {
      head?.close()
    }
  } finally {
    opened.close()
  }
}

function open(path: string, findings: Findings): StoreForCheck | undefined {
  try {
    return openStoreForCheck({ path })
  } catch (error) {
    if (!ColophonError.is(error, 'STORE_DAMAGED')) throw error
    findings.problem('DATABASE_DAMAGED', 'store.sqlite', error.message)
    return undefined
  }
}

/** @returns undefined where it is not to be looked at, or cannot be */
function headOf(
  { head, logKey }: CheckFilesInput,
  findings: Findings,
): (Pick<LogHead, 'load'> & { close(): void }) | undefined {
  if (head === undefined) return undefined
  try {
    return openSqliteHeadStore({ path: head, logKey })
  } catch (error) {
    if (!ColophonError.is(error) || error.code === 'STORE_LOCKED') throw error
    findings.problem('HEAD_DIFFERS', 'head', error.message)
    return undefined
  }
}

const nothingChecked = ({ problems, problemCount, notices, noticeCount }: Findings): FsckReport => ({
  entries: 0,
  tiles: 0,
  statements: 0,
  records: 0,
  problems,
  problemCount,
  notices,
  noticeCount,
})

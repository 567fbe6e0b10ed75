/**
 * fsck: everything that a store holds against what was signed (`docs/guide/log.md`).
 *
 * What it proves: entries, tiles, rows and columns are what the log's key and the issuer's keys signed (but for two times
 * that nothing signs: `declared_at`, `signed_at_ms`), and every proof that is stored is of one and the same tree. What it
 * cannot: that nothing was there which is gone without a trace in the log; and who had the keys.
 *
 * It never throws over what is stored, goes on after a problem, and writes nothing.
 *
 * @module
 */
import type { Sha256 } from '../../core/hash/index.ts'
import type { VerifierKey } from '../../core/note/index.ts'
import type { SignatureVerifier } from '../../core/signature/index.ts'
import type { TrustPolicy } from '../../core/trust/index.ts'
import type { SaltSource } from '../capture/index.ts'
import type { LogHead } from '../log/index.ts'
import { checkHead } from './check-head.ts'
import { checkLog } from './check-log.ts'
import { checkRegistry } from './check-registry.ts'
import { EntryClaims } from './check-statement.ts'
import { Findings, type Notice, type Problem } from './findings.ts'
import type { CheckableStore } from './ports.ts'

export interface CheckStoreInput {
  readonly store: CheckableStore
  /** Undefined: the head is not compared. */
  readonly head?: Pick<LogHead, 'load'>
  readonly logKey: VerifierKey
  /** Names the log's key, and every key that the issuer ever signed with. */
  readonly trust: TrustPolicy
  readonly verifier: SignatureVerifier
  readonly hash: Sha256
  readonly salts: SaltSource
  /** What was found before, which is reported along. */
  readonly findings?: Findings
  readonly onProgress?: (progress: FsckProgress) => void
}

export interface FsckProgress {
  readonly stage: 'log' | 'rows'
  /** Entries; of the rows, statements, which have an entry each. */
  readonly done: number
  readonly total: number
  readonly problemCount: number
}

export interface FsckReport {
  /** Entries that were hashed. */
  readonly entries: number
  /** Tiles that were compared. */
  readonly tiles: number
  /** Signed statements that were looked at: declarations, bindings, records. */
  readonly statements: number
  readonly records: number
  /** At most 1,000. */
  readonly problems: readonly Problem[]
  readonly problemCount: number
  /** At most 1,000. */
  readonly notices: readonly Notice[]
  readonly noticeCount: number
}

export async function checkStore(input: CheckStoreInput): Promise<FsckReport> {
  const { store, findings = new Findings(), onProgress = () => {} } = input
  const tell = (stage: FsckProgress['stage'], done: number, total: number): void =>
    onProgress({ stage, done, total, problemCount: findings.problemCount })
  const checked = await checkLog({
    ...input,
    log: store,
    findings,
    onProgress: (entries, size) => tell('log', Number(entries), Number(size)),
  })
  const context = { ...input, log: store, checked, claims: new EntryClaims(checked.size), findings }
  const size = Number(checked.size)
  const registry = await checkRegistry({ ...context, onProgress: (done) => tell('rows', done, size) })
  await checkHead(input.head, context)
  return {
    entries: Number(checked.tree.size),
    tiles: checked.tiles,
    ...registry,
    problems: findings.problems,
    problemCount: findings.problemCount,
    notices: findings.notices,
    noticeCount: findings.noticeCount,
  }
}

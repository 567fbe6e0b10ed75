/**
 * Erases what is kept of a run's contents: secret, request, response, and by what it is found (`docs/spec/erasure.md`).
 *
 * Rows and statement go in one commit: either the contents are there, or the log says that they are gone. The store then
 * removes what its files still hold of them; until that is done, erasing again does it.
 *
 * @module
 */
import { formatTime } from '../../core/bytes/index.ts'
import { formatErasureStatement } from '../../core/erasure/index.ts'
import { ColophonError } from '../../core/errors.ts'
import type { Log } from '../log/index.ts'
import type { ErasureRow, Registry, RegistryWrite } from '../registry/index.ts'
import { loggedStatement } from './logged-statement.ts'
import { signStatement } from './sign-statement.ts'
import type { StatementSigner } from './statement-signer.ts'

export interface EraseRunInput {
  readonly runId: string
  readonly log: Log<RegistryWrite>
  readonly registry: Pick<Registry, 'run'> & Scrubbed
  readonly signer: StatementSigner
  readonly nowMs: () => number
}

/** A store that can remove what it has deleted from its files. */
export interface Scrubbed {
  /** Resolves when nothing that was deleted is left in them. @throws {ColophonError} STORE_FAILED */
  scrub(): Promise<void>
}

/**
 * @returns the erasure, and whether it is new
 * @throws {ColophonError} RUN_UNKNOWN, RUN_OPEN (its answer may still be under way), STORE_FAILED, LOG_BUSY
 */
export async function eraseRun(input: EraseRunInput): Promise<{ erasure: ErasureRow; isNew: boolean }> {
  const { runId, registry } = input
  const run = await registry.run(runId)
  if (run === undefined) throw new ColophonError('RUN_UNKNOWN', 'no run has this id')
  if (run.erasure === undefined && run.outcome === undefined) {
    throw new ColophonError('RUN_OPEN', 'the run has no outcome yet', { at: runId })
  }
  const erasure = run.erasure ?? (await logErasure(input))
  await registry.scrub()
  return { erasure, isNew: run.erasure === undefined }
}

async function logErasure({ runId, log, signer, nowMs }: EraseRunInput): Promise<ErasureRow> {
  const erasedAt = formatTime(nowMs())
  const statement = signStatement({
    payload: formatErasureStatement({ runId, erasedAt, issuer: signer.keyId }),
    signer,
  })
  let row: ErasureRow | undefined
  await log.append({
    entry: statement.entry,
    writes: (sequenced) => {
      row = { runId, erasedAt, statement: loggedStatement(statement, sequenced) }
      return [{ kind: 'erasure', row }]
    },
  })
  return row as ErasureRow
}

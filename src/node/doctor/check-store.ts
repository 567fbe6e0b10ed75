/**
 * The store and the head store, opened as a gateway would open them, but read only: every byte stays what it is, no file
 * is made beside them (`store/sqlite/inspect-database.ts`).
 *
 * @module
 */
import { formatTime } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { type CheckpointSigner, type LogStore, openLog, verifierKeyOf } from '../../web/log/index.ts'
import { nodeSha256, nodeVerifier } from '../keys/index.ts'
import type { WorkspacePaths } from '../workspace/index.ts'
import { type Finding, notChecked, ok, problem, problemOf } from './finding.ts'

export interface StoreFindings {
  readonly findings: readonly Finding[]
  /** Entries in the log; undefined where it could not be read. */
  readonly logSize: bigint | undefined
}

export async function checkStore(
  paths: WorkspacePaths,
  { signer, nowMs }: { readonly signer: CheckpointSigner | undefined; readonly nowMs: number },
): Promise<StoreFindings> {
  const journal = await checkJournal(paths.store)
  const unread = (log: Finding): StoreFindings => ({
    findings: [journal, log, notChecked('clock', 'The time of the last checkpoint could not be read.')],
    logSize: undefined,
  })
  if (signer === undefined) return unread(notChecked('log', "The log's key could not be read."))
  try {
    const { size, signedAtMs, isBehind } = await openReadOnly(paths, signer)
    const entries = `${size} ${size === 1n ? 'entry agrees' : 'entries agree'}`
    const moved = isBehind ? ', which a crash left one commit behind, and the next opening moves on' : ''
    const log = ok('log', `At its edge ${entries} with the signed checkpoint and the head store${moved}.`)
    return { findings: [journal, log, checkClock({ signedAtMs, nowMs })], logSize: size }
  } catch (error) {
    return unread(ColophonError.is(error, 'STORE_LOCKED') ? inUse(error) : problemOf('log', error))
  }
}

const inUse = ({ message, hint }: ColophonError): Finding => notChecked('log', `It was not opened: ${message}.`, hint)

async function checkJournal(path: string): Promise<Finding> {
  const { isInWalMode } = await import('../store/sqlite/index.ts')
  try {
    if (isInWalMode(path)) {
      return ok(
        'journal',
        'The store is in journal mode WAL; synchronous FULL is not kept in it, each opening sets it.',
      )
    }
  } catch {
    // What keeps it from being read is told where the log is opened.
    return notChecked('journal', 'There is no store that could be read.')
  }
  return problem(
    'journal',
    'The store is not in journal mode WAL: another program has written to it, or it is no store.',
    {
      code: 'STORE_DAMAGED',
      at: path,
      todo: 'Bring back a copy; or let everything in it be checked: colophon log fsck.',
    },
  )
}

interface ReadLog {
  readonly size: bigint
  readonly signedAtMs: number | undefined
  readonly isBehind: boolean
}

/** Of the whole tree its right edge, as every opening: what new checkpoints are computed from. */
async function openReadOnly(paths: WorkspacePaths, signer: CheckpointSigner): Promise<ReadLog> {
  const { inspectHead, inspectStore } = await import('../store/sqlite/index.ts')
  const signed = await inspectHead(paths.head, verifierKeyOf(signer))
  return inspectStore(paths.store, async (reads) => {
    let isBehind = false
    const store: LogStore<never> = { ...reads, commit: () => Promise.reject(new Error('it is read only')) }
    const swap = async (): Promise<void> => {
      isBehind = true
    }
    const { signedAtMs } = await store.load()
    const { size } = await openLog({
      store,
      head: { load: async () => signed, swap },
      origin: signer.name,
      signer,
      verifier: nodeVerifier,
      hash: nodeSha256,
      // The clock is looked at by itself.
      nowMs: () => Number.MAX_SAFE_INTEGER,
    })
    return {
      size,
      signedAtMs: signed === undefined ? signedAtMs : Math.max(signed.signedAtMs, signedAtMs ?? 0),
      isBehind,
    }
  })
}

function checkClock({
  signedAtMs,
  nowMs,
}: {
  readonly signedAtMs: number | undefined
  readonly nowMs: number
}): Finding {
  const now = `The clock says ${formatTime(nowMs)}`
  if (signedAtMs === undefined) return ok('clock', `${now}; the log has signed nothing yet.`)
  const last = formatTime(signedAtMs)
  if (nowMs >= signedAtMs) return ok('clock', `${now}; the log last signed at ${last}.`)
  return problem('clock', `${now}, and the log last signed at ${last}: it signs nothing before then.`, {
    code: 'CLOCK_BEHIND',
  })
}

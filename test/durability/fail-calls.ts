/**
 * G3, G4: every system call that touches the files of a store, made to fail while a process opens it, records a run and
 * closes it. What was told is there after it, and a sync that failed is told as what it is.
 *
 * @module
 */
import { availableParallelism } from 'node:os'
import { expect } from 'vitest'
import { ERROR_CODES } from '../../src/core/errors.ts'
import { type Fault, type FaultyRun, runFaulty } from '../support/failing-calls.ts'
import { copyRuns, makeTwoRuns, type StoredRuns } from '../support/stored-runs.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { ISSUER_CHILD, readTold, type ToldByIssuer } from '../support/told-by-issuer.ts'
import { requireClean, requireTold } from './require-told.ts'

const READS = ['pread64', 'fcntl']
const SYNCS = ['fsync', 'fdatasync']
const CHANGES = ['openat', 'mkdir', 'rename', 'link', 'unlink', 'write', 'pwrite64', 'ftruncate', 'close', ...SYNCS]
/** Tried on a disk that stays full, too. */
const ONWARDS = ['pwrite64', ...SYNCS]

/**
 * @param options.isTried  the share of the table: by the fault, and its place in the table
 * @returns figures
 */
export async function failCalls(options: {
  readonly isTried: (fault: Fault, place: number) => boolean
}): Promise<string> {
  const made = await makeTwoRuns({ folder: temporaryFolder() })
  const faults = (await tableOfFaults(made)).filter(options.isTried)
  const tally = { met: 0, refused: 0, stopped: 0, killed: 0, recorded: 0 }
  const queue = [...faults]
  const work = async (): Promise<void> => {
    for (let fault = queue.shift(); fault !== undefined; fault = queue.shift()) {
      const { run, told } = await tryFault(made, fault)
      if (run.isKilled || run.calls.some((call) => call.kind === 'call' && call.isFailed)) tally.met += 1
      if (run.isKilled) tally.killed += 1
      else if (told.some((one) => one.kind === 'failed' && one.step === 'open')) tally.refused += 1
      else if (told.some(({ kind }) => kind === 'failed')) tally.stopped += 1
      else tally.recorded += 1
    }
  }
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work))
  // A signature may be a byte shorter than when the calls were counted, and the run a page.
  expect(tally.met).toBeGreaterThan(faults.length * 0.95)
  const { met, refused, stopped, killed, recorded } = tally
  const ends = `opening refused ${refused}, run refused ${stopped}, killed ${killed}, recorded all the same ${recorded}`
  return `${met} faults met: ${ends}; 0 lost, fsck clean`
}

async function tableOfFaults(made: StoredRuns): Promise<readonly Fault[]> {
  const { folder } = copyRuns(made, temporaryFolder())
  const { calls } = await runFaulty([ISSUER_CHILD, folder, '1'], { folder, calls: [...READS, ...CHANGES] })
  const counts = new Map<string, number>()
  for (const call of calls) if (call.kind === 'call') counts.set(call.call, (counts.get(call.call) ?? 0) + 1)
  expect(counts.get('fsync') ?? 0).toBeGreaterThan(10)
  expect(counts.get('pwrite64') ?? 0).toBeGreaterThan(40)
  return [...counts].flatMap(([call, count]) =>
    Array.from({ length: count }, (_, at) => at + 1).flatMap((number) => {
      const once = { call, number, andLater: false }
      if (READS.includes(call)) return [{ ...once, how: 'EIO' as const }]
      const hows = ['EIO', 'ENOSPC', 'SIGKILL'] as const
      const onwards = ONWARDS.includes(call) ? [{ ...once, how: 'ENOSPC' as const, andLater: true }] : []
      return [...hows.map((how) => ({ ...once, how })), ...onwards]
    }),
  )
}

async function tryFault(made: StoredRuns, fault: Fault) {
  const files = copyRuns(made, temporaryFolder())
  const { folder } = files
  const run = await runFaulty([ISSUER_CHILD, folder, '1'], { folder, calls: [fault.call], fault })
  const told = readTold(run.output)
  try {
    requireCoded(told, run)
    requireNothingAfterStop(told)
    requireFaultTold(told, run)
    await requireClean(files)
    await requireTold(files, told)
    await requireClean(files)
  } catch (cause) {
    throw new Error(`after ${JSON.stringify(fault)}; told: ${run.output}`, { cause })
  }
  return { run, told }
}

/** Every failure has a code, and a process that nobody killed comes to its end. */
function requireCoded(told: readonly ToldByIssuer[], { isKilled }: FaultyRun): void {
  for (const one of told) if (one.kind === 'failed') expect(Object.keys(ERROR_CODES)).toContain(one.code)
  const last = told.at(-1)
  if (!isKilled) expect(last?.kind === 'failed' ? last.step : last?.kind).toMatch(/^(open|ended)$/)
}

/** Where it is not known what is durable, nothing is acknowledged from then on. */
function requireNothingAfterStop(told: readonly ToldByIssuer[]): void {
  const stopped = told.findIndex((one) => one.kind === 'failed' && one.fatal)
  if (stopped === -1) return
  for (const later of told.slice(stopped)) expect(later.kind).toMatch(/^(failed|closing|ended)$/)
}

/**
 * A write-ahead log that could not be written or synced: the next that the process says is that it failed, and a commit
 * that failed so stops the log. Not so while it closes: then all is synced that was told, and the log just stays.
 *
 * The sync of the folder is another matter: SQLite goes on where it fails. The file's own sync, which comes before, makes
 * its name durable on the file systems of Linux, if not by POSIX.
 */
function requireFaultTold(told: readonly ToldByIssuer[], { calls }: FaultyRun): void {
  for (const [at, call] of calls.entries()) {
    if (call.kind !== 'call' || !call.isFailed) continue
    if (!call.path.endsWith('-wal') || !ONWARDS.includes(call.call)) continue
    const after = calls.slice(at).find((one) => one.kind === 'told')?.number ?? told.length
    if (told.slice(0, after).some(({ kind }) => kind === 'closing')) continue
    const next = told[after]
    expect(next?.kind).toBe('failed')
    if (next?.kind !== 'failed' || next.step === 'open') continue
    expect(next).toMatchObject({ code: 'STORE_FAILED', fatal: true })
  }
}

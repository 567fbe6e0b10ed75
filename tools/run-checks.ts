/**
 * Runs checks one after the other, whatever any of them finds, and shows each in a line.
 *
 * @module
 */
import type { Check, Findings } from './checks/check.ts'
import { addCounts, type Counts, NO_COUNTS } from './counts.ts'
import { printStep } from './step.ts'

export async function runChecks(checks: readonly Check[]): Promise<Counts> {
  let counts = NO_COUNTS
  for (const check of checks) counts = addCounts(counts, await runCheck(check))
  return counts
}

async function runCheck({ name, run }: Check): Promise<Counts> {
  const startedMs = performance.now()
  const findings = await findingsOf(run)
  const durationMs = performance.now() - startedMs
  const state = findings.length === 0 ? 'passed' : 'failed'
  printStep({ name, state, durationMs, problems: findings })
  return { ...NO_COUNTS, [state]: 1 }
}

/** A check that breaks down has failed; the others still run. */
async function findingsOf(run: Check['run']): Promise<Findings> {
  try {
    return await run()
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
  }
}

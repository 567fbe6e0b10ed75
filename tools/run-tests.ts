/**
 * Runs the tests with vitest.
 *
 * @module
 */
import { createVitest } from 'vitest/node'
import { type Counts, NO_COUNTS } from './counts.ts'
import { ROOT } from './project.ts'
import { printStep } from './step.ts'
import { CountingReporter, type EndedTest } from './vitest-reporter.ts'

const MAX_SILENCE_MS = { fast: 180_000, slow: 1_200_000 } as const

export interface TestRun {
  readonly counts: Counts
  /** Those of `*.slow.test.ts`. */
  readonly slowTests: readonly EndedTest[]
}

/** @param options.slow whether slow tests run `too`, or alone */
export async function runTests({ slow }: { readonly slow: 'too' | 'only' | undefined }): Promise<TestRun> {
  // Read by vitest.config.ts.
  if (slow !== undefined) process.env['SLOW'] = slow
  const startedMs = performance.now()
  const maxSilenceMs = slow === undefined ? MAX_SILENCE_MS.fast : MAX_SILENCE_MS.slow
  const reporter = new CountingReporter({ maxSilenceMs })
  try {
    const vitest = await createVitest({ root: ROOT, watch: false, allowOnly: false, reporters: [reporter] })
    try {
      await vitest.start()
    } finally {
      await vitest.close()
    }
    if (reporter.counts === undefined) throw new Error('vitest ended without a result')
    return { counts: reporter.counts, slowTests: reporter.slowTests }
  } catch (error) {
    const problems = [error instanceof Error ? (error.stack ?? error.message) : String(error)]
    printStep({ name: 'tests', state: 'failed', durationMs: performance.now() - startedMs, problems })
    return { counts: { ...NO_COUNTS, failed: 1 }, slowTests: [] }
  }
}

/**
 * Runs the tests with vitest.
 *
 * @module
 */
import { createVitest } from 'vitest/node'
import { type Counts, NO_COUNTS } from './counts.ts'
import { ROOT } from './project.ts'
import { printStep } from './step.ts'
import { CountingReporter } from './vitest-reporter.ts'

const MAX_SILENCE_MS = { fast: 180_000, slow: 1_200_000 } as const

export async function runTests({ slow }: { readonly slow: boolean }): Promise<Counts> {
  // Read by vitest.config.ts.
  if (slow) process.env['SLOW'] = '1'
  const startedMs = performance.now()
  const reporter = new CountingReporter({ maxSilenceMs: slow ? MAX_SILENCE_MS.slow : MAX_SILENCE_MS.fast })
  try {
    const vitest = await createVitest({ root: ROOT, watch: false, allowOnly: false, reporters: [reporter] })
    try {
      await vitest.start()
    } finally {
      await vitest.close()
    }
    if (reporter.counts === undefined) throw new Error('vitest ended without a result')
    return reporter.counts
  } catch (error) {
    const problems = [error instanceof Error ? (error.stack ?? error.message) : String(error)]
    printStep({ name: 'tests', state: 'failed', durationMs: performance.now() - startedMs, problems })
    return { ...NO_COUNTS, failed: 1 }
  }
}

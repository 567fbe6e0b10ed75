/**
 * How a step is shown: one line with its duration, and what was wrong below it.
 *
 * @module
 */
import { styleText } from 'node:util'

export interface FinishedStep {
  readonly name: string
  readonly state: 'passed' | 'failed'
  readonly durationMs: number
  /** What it counted. */
  readonly note?: string
  readonly problems?: readonly string[]
}

const MARKS = {
  passed: styleText('green', '✓'),
  failed: styleText('red', '✗'),
} as const

export function printStep({ name, state, durationMs, note, problems = [] }: FinishedStep): void {
  const seconds = `${(durationMs / 1000).toFixed(1)} s`.padStart(7)
  const detail = note === undefined ? '' : styleText('dim', `  ${note}`)
  console.log(`${MARKS[state]} ${name.padEnd(18)}${styleText('dim', seconds)}${detail}`)
  for (const problem of problems) console.log(problem.replace(/^(?=.)/gm, '    '))
}

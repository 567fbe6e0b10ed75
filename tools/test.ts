/**
 * `npm test`: every check, then every test, stopping at nothing.
 *
 *     npm test
 *     npm run test:slow                       the slow tests too
 *     npm run test:slow -- --write            the same, and the results of the slow ones into docs/slow-tests.md
 *     npm run test:slow -- --only --write     nothing but the slow ones
 *
 * The last line alone is `N passed, N failed`, or `N passed, N failed, N skipped`; checks count like tests, and what was
 * skipped is named before, with its reason.
 *
 * @module
 */
import { parseArgs } from 'node:util'
import { CHECKS } from './checks/index.ts'
import { addCounts, exitCodeOf, formatCounts } from './counts.ts'
import { runChecks } from './run-checks.ts'
import { runTests } from './run-tests.ts'
import { writeSlowResults } from './slow-results.ts'

const { values } = parseArgs({
  options: { slow: { type: 'boolean' }, only: { type: 'boolean' }, write: { type: 'boolean' } },
})
const { slow = false, only = false, write = false } = values
if ((only || write) && !slow) throw new Error('--only and --write go with --slow: npm run test:slow -- --only --write')

const checks = await runChecks(only ? [] : CHECKS)
const tests = await runTests({ slow: only ? 'only' : slow ? 'too' : undefined })
if (write) writeSlowResults(tests.slowTests)
const counts = addCounts(checks, tests.counts)
console.log(formatCounts(counts))
process.exitCode = exitCodeOf(counts)

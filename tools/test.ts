/**
 * `npm test`: every check, then every test, stopping at nothing. `--slow` adds the slow tests.
 *
 * The last line alone is `N passed, N failed`, or `N passed, N failed, N skipped`; checks count like tests, and what was
 * skipped is named before, with its reason.
 *
 * @module
 */
import { CHECKS } from './checks/index.ts'
import { addCounts, exitCodeOf, formatCounts } from './counts.ts'
import { runChecks } from './run-checks.ts'
import { runTests } from './run-tests.ts'

const checks = await runChecks(CHECKS)
const tests = await runTests({ slow: process.argv.includes('--slow') })
const counts = addCounts(checks, tests)
console.log(formatCounts(counts))
process.exitCode = exitCodeOf(counts)

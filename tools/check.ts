/**
 * `npm run check`: format, lint, types and the project's own checks.
 *
 * @module
 */
import { CHECKS } from './checks/index.ts'
import { exitCodeOf, formatCounts } from './counts.ts'
import { runChecks } from './run-checks.ts'

const counts = await runChecks(CHECKS)
console.log(formatCounts(counts))
process.exitCode = exitCodeOf(counts)

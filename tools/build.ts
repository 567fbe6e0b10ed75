/**
 * `npm run build`: compiles the tiers into `dist`, from nothing, so that nothing stays of sources that are gone, and
 * writes the verifier's page beside them.
 *
 * The model in `models` is shipped as it is; the package's `files` name it.
 *
 * @module
 */
import { chmodSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { compilerTiers } from './checks/commands.ts'
import { packageExports } from './checks/exports.ts'
import { exitCodeOf } from './counts.ts'
import { ROOT } from './project.ts'
import { runChecks } from './run-checks.ts'
import { writeVerifierPage } from './verifier-page.ts'

const COMMAND = join(ROOT, 'dist/node/cli/main.js')

rmSync(join(ROOT, 'dist'), { recursive: true, force: true })
const compiled = await runChecks([compilerTiers])
if (existsSync(COMMAND)) chmodSync(COMMAND, 0o755)
if (exitCodeOf(compiled) === 0) await writeVerifierPage()
const reachable = await runChecks([packageExports])
process.exitCode = exitCodeOf(compiled) || exitCodeOf(reachable)

/**
 * `colophon log resume`: the operator's word that the store is the newest there ever was.
 *
 * JSON: `{size, found, fsck}`; where fsck found problems, nothing was resumed, and `found` is null.
 *
 * @module
 */
import type { Command } from 'commander'
import type { FsckReport } from '../../../web/fsck/index.ts'
import { addFolderOption, addJsonOption, runAndPrint } from '../command.ts'
import { columns, prose, styled } from '../lines.ts'
import { parseSize } from '../log-options.ts'
import type { Result } from '../result.ts'
import { checkWithProgress, fsckJson, fsckLines } from './log-fsck.ts'

interface ResumeOptions {
  readonly dir: string
  readonly size: bigint
}

const HELP = `
For a log that will not open because its head store is lost (LOG_HEAD_MISSING)
or older than the store (LOG_HEAD_BEHIND), or because the clock was ahead and is
right now (CLOCK_BEHIND). You state two things that nothing here can check: this
store is the newest there ever was, and the clock is right. If a newer store
existed, the log will sign a second tree of one size, and whoever holds a
checkpoint of the first can prove it against you.

So type the size that the store has to have: colophon log fsck prints it. All of
fsck runs first; one problem, and nothing is resumed. A store that is older than
its head store (LOG_ROLLED_BACK), or of another tree (LOG_FORKED), is refused
whatever you state.

Example:
  colophon log resume --size 1042

Exit codes:
  0  resumed
  1  fsck found problems; nothing was changed
  2  usage
  6  refused, store locked, no store here; nothing was changed`

export function addLogResumeCommand(log: Command): void {
  const command = log
    .command('resume')
    .summary('go on after the head store was lost or the clock was wrong')
    .description(
      'Makes the head store remember the checkpoint of the store as it is, on your word that it is the newest.',
    )
    .requiredOption('--size <entries>', 'entries that the store has: your word', parseSize)
  addJsonOption(addFolderOption(command)).addHelpText('after', HELP).action(runAndPrint(resume))
}

async function resume({ dir, size }: ResumeOptions): Promise<Result> {
  const { openWorkspace } = await import('../../workspace/index.ts')
  const workspace = await openWorkspace(dir)
  const report = await checkWithProgress(workspace, { head: false })
  if (report.problemCount > 0) return refused(report, size)
  const { resumeIssuerLog } = await import('../../issuer/index.ts')
  const { config, paths } = workspace
  const { found, after } = await resumeIssuerLog({ files: paths, origin: config.origin, size })
  return {
    exitCode: 0,
    json: { size, found: found.kind, fsck: fsckJson(report) },
    lines: [
      [styled('green', `Resumed at ${size} entries, on your word.`)],
      ...columns(
        [
          ['the head store', after === undefined ? 'has nothing to remember yet' : FOUND[found.kind]],
          ['checked first', `${report.entries} entries, ${report.statements} statements: no problem`],
        ],
        { indent: '  ' },
      ),
    ],
  }
}

const FOUND = {
  same: 'remembered the checkpoint of the store; it has a new time now',
  oneBehind: 'was one commit behind',
  behind: 'was more than one commit behind',
  missing: 'remembered nothing',
} as const

function refused(report: FsckReport, size: bigint): Result {
  return {
    exitCode: 1,
    json: { size, found: null, fsck: fsckJson(report) },
    lines: [
      ...fsckLines(report),
      '',
      prose([], styled('red', 'Not resumed: a store with problems is not signed on. Nothing was changed.')),
    ],
  }
}

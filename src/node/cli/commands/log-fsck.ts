/**
 * `colophon log fsck`: everything that is stored, against what was signed.
 *
 * JSON: `{ok, entries, tiles, statements, records, problems: [{code, at, message}], problemCount, notices: [{code, at}],
 * noticeCount}`; problems and notices are the first thousand of each.
 *
 * @module
 */
import type { Command } from 'commander'
import { ColophonError } from '../../../core/errors.ts'
import { type FsckReport, NOTICE_CODES, PROBLEM_CODES } from '../../../web/fsck/index.ts'
import type { Workspace } from '../../workspace/index.ts'
import { addFolderOption, addJsonOption, runAndPrint } from '../command.ts'
import { fsckProgress } from '../fsck-progress.ts'
import { columns, type Line, prose, styled } from '../lines.ts'
import type { Result } from '../result.ts'

interface FsckOptions {
  readonly dir: string
}

const HELP = `
Makes every hash, tile, root and proof again from the entries, verifies every
signature and record with everything disclosed, and compares every column with
what was signed. Changes no row.

The store has to be free: stop the gateway first.

Example:
  colophon log fsck

Exit codes:
  0  no problem
  1  problems, each with what it means and what to do
  2  usage, or the issuer's trust policy is not in order
  6  no store here, store locked, SQLite too old`

export function addLogFsckCommand(log: Command): void {
  const command = log
    .command('fsck')
    .summary('check everything that is stored')
    .description('Checks everything that is stored against what was signed.')
  addJsonOption(addFolderOption(command)).addHelpText('after', HELP).action(runAndPrint(fsck))
}

async function fsck({ dir }: FsckOptions): Promise<Result> {
  const { openWorkspace } = await import('../../workspace/index.ts')
  const report = await checkWithProgress(await openWorkspace(dir), { head: true })
  return { exitCode: report.problemCount === 0 ? 0 : 1, json: fsckJson(report), lines: fsckLines(report) }
}

/** @param options.head  whether the head store is compared */
export async function checkWithProgress(
  workspace: Workspace,
  options: { readonly head: boolean },
): Promise<FsckReport> {
  const { checkIssuer } = await import('../../fsck/index.ts')
  const progress = fsckProgress(process.stderr)
  try {
    return await checkIssuer(workspace, { ...options, onProgress: progress.show })
  } catch (error) {
    throw ColophonError.is(error, 'STORE_LOCKED') ? needsStore(error) : error
  } finally {
    progress.clear()
  }
}

/** What runs has the store; reading goes through it, this does not. */
function needsStore({ message, at, details }: ColophonError): ColophonError {
  return new ColophonError('STORE_LOCKED', message, {
    ...(at === undefined ? {} : { at }),
    details,
    hint: 'Stop it first. While a gateway runs, only log checkpoint and log prove work, through it: --gateway URL.',
  })
}

export const fsckJson = (report: FsckReport) => ({ ok: report.problemCount === 0, ...report })

export function fsckLines(report: FsckReport): Line[] {
  const { entries, tiles, statements, records, problemCount, noticeCount } = report
  return [
    ...problemLines(report),
    ...noticeLines(report),
    problemCount === 0
      ? [
          styled(
            noticeCount === 0 ? 'green' : 'yellow',
            'No problem: the log is whole, and all that is stored is what was signed.',
          ),
        ]
      : [styled('red', `${problemCount} ${problemCount === 1 ? 'problem' : 'problems'}.`)],
    ...columns(
      [
        ['entries', String(entries)],
        ['tiles', String(tiles)],
        ['statements', `${statements}, of which ${records} records`],
        ['notices', String(noticeCount)],
      ],
      { indent: '  ' },
    ),
  ]
}

/** One line each; what it means and what to do once for each kind. */
function problemLines({ problems, problemCount }: FsckReport): Line[] {
  const more = problemCount - problems.length
  return [
    ...groupBy(problems).flatMap(([code, group]): Line[] => [
      prose([styled('red', code), '  '], PROBLEM_CODES[code].meaning),
      ...group.map(({ at, message }) => prose([`  ${at}: `], message)),
      prose(['  what to do: '], PROBLEM_CODES[code].hint),
      '',
    ]),
    ...(more === 0 ? [] : [`and ${more} problems more`, '']),
  ]
}

/** Names of one kind that are listed; --json has more. */
const MAX_NAMES = 10

function noticeLines({ notices, noticeCount }: FsckReport): Line[] {
  const more = noticeCount - notices.length
  return [
    ...groupBy(notices).flatMap(([code, group]): Line[] => [
      prose([styled('yellow', `notice ${code}`), '  '], NOTICE_CODES[code].meaning),
      ...group.slice(0, MAX_NAMES).map(({ at }) => `  ${at}`),
      ...(group.length <= MAX_NAMES ? [] : [`  and ${group.length - MAX_NAMES} more; --json has them`]),
      prose(['  what to do: '], NOTICE_CODES[code].hint),
      '',
    ]),
    ...(more === 0 ? [] : [`and ${more} notices more`, '']),
  ]
}

function groupBy<Finding extends { readonly code: string }>(
  findings: readonly Finding[],
): readonly (readonly [Finding['code'], readonly Finding[]])[] {
  const groups = new Map<Finding['code'], Finding[]>()
  for (const finding of findings) {
    const group = groups.get(finding.code)
    if (group === undefined) groups.set(finding.code, [finding])
    else group.push(finding)
  }
  return [...groups]
}

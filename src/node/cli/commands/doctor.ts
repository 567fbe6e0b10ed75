/**
 * `colophon doctor`: what is not in order on this machine, and what to do.
 *
 * JSON: `{ok, problems, warnings, versions: {colophon, node, sqlite}, checks: [{id, status, says, code, at, todo}]}`, with
 * every check of `node/doctor/finding.ts` in its order, and null for what there is none of.
 *
 * @module
 */
import type { Command } from 'commander'
import type { Finding, FindingStatus } from '../../doctor/index.ts'
import { VERSION } from '../../software/index.ts'
import { addFolderOption, addJsonOption, runAndPrint } from '../command.ts'
import { type Line, prose, type Style, styled } from '../lines.ts'
import type { Result } from '../result.ts'

interface DoctorOptions {
  readonly dir: string
  readonly gateway?: string
}

const HELP = `
Looks and changes nothing: a store is read without being opened for writing, and
one that a process has open is left alone. One whose process was killed is read
from a copy, made among the temporary files and deleted at once. Without an
issuer's folder it looks at the machine alone. It calls nobody, but the gateway
that you name.

Examples:
  colophon doctor
  colophon doctor --dir /srv/issuer --gateway http://127.0.0.1:8787

Signs: ✓ in order   ! look at it   ✗ a problem   · not checked

Exit codes:
  0  no problem (there may be warnings)
  2  usage
  6  a problem`

export function addDoctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .summary('see what is not in order here')
    .description('Looks at machine, keys, store, log and clock, and says what to do.')
    .option('--gateway <url>', 'a gateway that should answer, or could be started, there')
  addJsonOption(addFolderOption(command)).addHelpText('after', HELP).action(runAndPrint(doctor))
}

async function doctor({ dir, gateway }: DoctorOptions): Promise<Result> {
  const { examine } = await import('../../doctor/index.ts')
  const findings = await examine({ folder: dir, gateway, nowMs: Date.now() })
  const problems = findings.filter(({ status }) => status === 'problem').length
  const warnings = findings.filter(({ status }) => status === 'warning').length
  const { node, sqlite = null } = process.versions
  return {
    exitCode: problems === 0 ? 0 : 6,
    json: {
      ok: problems === 0,
      problems,
      warnings,
      versions: { colophon: VERSION, node, sqlite },
      checks: findings.map(({ id, status, says, code = null, at = null, todo = null }) => {
        return { id, status, says, code, at, todo }
      }),
    },
    lines: [...headline({ problems, warnings }), '', ...groupsOf(findings).flatMap(findingLines)],
  }
}

function headline({ problems, warnings }: { readonly problems: number; readonly warnings: number }): Line[] {
  const noted = warnings === 0 ? '' : `, ${warnings} ${warnings === 1 ? 'thing' : 'things'} to look at`
  if (problems === 0) return [[styled(warnings === 0 ? 'green' : 'yellow', `NO PROBLEM FOUND${noted}`)]]
  return [[styled('red', `${problems} ${problems === 1 ? 'PROBLEM' : 'PROBLEMS'}${noted}`)]]
}

const SIGNS: Readonly<Record<FindingStatus, { readonly sign: string; readonly style: Style }>> = {
  ok: { sign: '✓', style: 'green' },
  warning: { sign: '!', style: 'yellow' },
  problem: { sign: '✗', style: 'red' },
  notChecked: { sign: '·', style: 'dim' },
}

const ID_WIDTH = 12

/** Neighbours that were not looked at, for one and the same reason, are told of together. */
function groupsOf(findings: readonly Finding[]): readonly (readonly [Finding, ...Finding[]])[] {
  const groups: [Finding, ...Finding[]][] = []
  for (const finding of findings) {
    const [first] = groups.at(-1) ?? []
    const isAlike = first?.status === 'notChecked' && finding.status === 'notChecked' && first.says === finding.says
    if (isAlike) groups.at(-1)?.push(finding)
    else groups.push([finding])
  }
  return groups
}

function findingLines([finding, ...more]: readonly [Finding, ...Finding[]]): Line[] {
  const { status, says, code, at, todo } = finding
  const id = more.length === 0 ? finding.id : `${more.length + 1} checks`
  const { sign, style } = SIGNS[status]
  const blank = [' '.repeat(ID_WIDTH + 5)]
  const place = at === undefined ? '' : `, at ${at}`
  return [
    prose(['  ', styled(style, sign), ` ${id.padEnd(ID_WIDTH)} `], says),
    ...(more.length === 0 ? [] : [prose(blank, `These are ${[finding, ...more].map((one) => one.id).join(', ')}.`)]),
    ...(code === undefined ? [] : [prose(blank, `${code}${place}`)]),
    ...(todo === undefined ? [] : [prose(blank, `What to do: ${todo}`)]),
  ]
}

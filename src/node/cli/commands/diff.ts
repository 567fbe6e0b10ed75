/**
 * `colophon diff`: the first component that differs between two runs.
 *
 * JSON: `{result, declaration, head, first, differences: [{role, name, in, left, right, detail, needs}], untold: [{role, name,
 * reason, needs: [{side, open}]}], outputs, left: {runId, declarationId}, right: {runId, declarationId}}` as `core/diff`
 * says. `first` is the first of `differences`, or null; roles, names, texts and details that are not there are null.
 * `detail` is `{kind: "text", level, pieces: [{kind, text}]}`, `{kind: "members", members: [{at, left, right, text}]}`
 * with `text: {level, pieces}` or null, or `{kind: "encodings", left, right}`.
 *
 * @module
 */
import type { Command } from 'commander'
import { parseBundle } from '../../../core/bundle/index.ts'
import { type PublishedDeclaration, parseDeclarationStatement } from '../../../core/declaration/index.ts'
import {
  type Detail,
  type Difference,
  diffRuns,
  type RunDiff,
  type RunSide,
  type Untold,
} from '../../../core/diff/index.ts'
import { ColophonError } from '../../../core/errors.ts'
import { readableDisclosure } from '../../../core/explain/index.ts'
import { parseRunStatement } from '../../../core/run/index.ts'
import { addJsonOption, runAndPrint } from '../command.ts'
import { type Line, prose, styled } from '../lines.ts'
import type { Result } from '../result.ts'
import { shellWord } from '../shell-word.ts'
import { detailLines } from '../text-diff-lines.ts'
import { verifyFiles } from '../verifier-options.ts'

interface DiffOptions {
  readonly disclosure: boolean
  readonly trust?: string
}

const HELP = `
A and B are answers with their records beside them, or records
(NAME.sigstore.json). With disclosures beside them, texts are compared word by
word, and tools and other JSON member by member: [-removed-], {+added+}. From
records alone, what they hold: whether both have one declaration, and which of
its components differ by digest. What cannot be told is said, with the disclosure
that would tell, and never counts as the same.

Examples:
  colophon diff before/answer.txt after/answer.txt
  colophon diff a.txt.sigstore.json b.txt.sigstore.json --no-disclosure

Exit codes:
  0  same
  1  different, not shown to be the same, or a record is invalid
  2  usage
  4  no record`

export function addDiffCommand(program: Command): void {
  const command = program
    .command('diff')
    .summary('name the first component that differs between two runs')
    .description('Compares what two runs were composed of, and names the first component that differs.')
    .argument('<a>', 'an answer, or a record')
    .argument('<b>', 'another one')
    .option('--no-disclosure', 'compare the records alone')
    .option('--trust <file>', 'your trust policy: refuse records that it does not trust')
  addJsonOption(command).addHelpText('after', HELP).action(runAndPrint(diff))
}

async function diff(a: string, b: string, options: DiffOptions): Promise<Result> {
  const left = await readSide(a, options)
  const right = await readSide(b, options)
  const found = diffRuns({ left, right })
  const [first] = found.differences
  return {
    exitCode: found.result === 'same' ? 0 : 1,
    json: {
      ...found,
      first: first === undefined ? null : withNulls(first),
      differences: found.differences.map(withNulls),
      untold: found.untold.map((one) => ({ ...one, role: one.role ?? null, name: one.name ?? null })),
      left: idsOf(left),
      right: idsOf(right),
    },
    lines: diffLines(found, { left: a, right: b }),
  }
}

/** @throws {ColophonError} the code of the check that failed, or KEY_NOT_TRUSTED and the like */
async function readSide(name: string, { disclosure, trust }: DiffOptions): Promise<RunSide> {
  const { report, evidence } = await verifyFiles(name, {
    ...(disclosure ? {} : { disclosure: false }),
    ...(trust === undefined ? {} : { trust }),
  })
  const isGood = report.authenticity === 'trusted' || (report.authenticity === 'valid' && trust === undefined)
  if (!isGood) {
    const failed = report.checks.find(({ status }) => status === 'fail')
    const hint = 'There is nothing to compare with it. See: colophon verify'
    throw new ColophonError(failed?.code ?? 'BUNDLE_MALFORMED', failed?.reason ?? report.headline, { at: name, hint })
  }
  return { report, declaration: publishedIn(evidence.record), disclosure: readableDisclosure(evidence.disclosure) }
}

/** Of a record that has been verified. */
function publishedIn(record: Uint8Array): PublishedDeclaration | undefined {
  const { declaration } = parseRunStatement(parseBundle(record).envelope.payload)
  if (declaration.state === 'undeclared') return undefined
  return parseDeclarationStatement(declaration.envelope.payload).declaration
}

const withNulls = (difference: Difference) => ({
  ...difference,
  role: difference.role ?? null,
  name: difference.name ?? null,
  left: difference.left ?? null,
  right: difference.right ?? null,
  detail: detailWithNulls(difference.detail),
})

function detailWithNulls(detail: Detail | undefined): object | null {
  if (detail?.kind !== 'members') return detail ?? null
  const members = detail.members.map(({ at, left, right, text }) => {
    return { at, left: left ?? null, right: right ?? null, text: text ?? null }
  })
  return { ...detail, members }
}

const idsOf = ({ report: { facts } }: RunSide) => ({
  runId: facts?.runId ?? null,
  declarationId: facts?.declaration?.id ?? null,
})

const DECLARATIONS: Readonly<Record<RunDiff['declaration'], string>> = {
  same: 'Both runs were bound to the same declaration.',
  different: 'The runs were bound to different declarations.',
  one: 'Only one of the runs was bound to a declaration.',
  neither: 'Neither run was bound to a declaration.',
}

/** As the two were named. */
interface Names {
  readonly left: string
  readonly right: string
}

function diffLines({ result, declaration, head, differences, untold, outputs }: RunDiff, names: Names): Line[] {
  const [first, ...more] = differences
  return [
    prose([], titleOf(result, first)),
    DECLARATIONS[declaration],
    ...head.map(({ member, left, right }) => `  ${member}: ${left} / ${right}`),
    ...(first === undefined ? [] : detailLines(first)),
    ...(more.length === 0 ? [] : ['', 'Also:', ...more.flatMap(differenceLines)]),
    ...(untold.length === 0 ? [] : ['', 'Cannot be told:']),
    ...untold.map(({ role, name, reason }) => {
      return prose([`  ${[role, name].filter((part) => part !== undefined).join(' ')}: `], reason)
    }),
    ...needLines([...differences, ...untold], names),
    '',
    `The outputs are ${outputs === 'same' ? 'the same' : 'different'}.`,
  ]
}

function titleOf(result: RunDiff['result'], first: Difference | undefined) {
  if (result === 'same') return styled('green', 'SAME: no component differs.')
  if (result === 'unknown')
    return styled('yellow', 'UNKNOWN: nothing differs as far as it is shown, and not everything is.')
  if (first === undefined)
    return styled('red', 'DIFFERENT: no component that is shown, but what the runs were bound to.')
  return styled('red', `DIFFERENT: first in ${labelOf(first)}.`)
}

function labelOf({ role, name, in: where }: Difference): string {
  const what = name === undefined ? `${role} (the whole role)` : [role, name].filter((part) => part).join(' ')
  return `${what}, ${where === 'declaration' ? 'as declared' : 'as sent'}`
}

const differenceLines = (one: Difference): Line[] => [`  ${labelOf(one)}`, ...detailLines(one)]

/** The disclosures that would tell what cannot be told, or show what is not shown, run by run. */
function needLines(found: readonly (Difference | Untold)[], names: Names): Line[] {
  const needs = found.flatMap((one) => one.needs)
  const commands = (['left', 'right'] as const).flatMap((side) => {
    const parts = new Set(needs.filter((need) => need.side === side).map(({ open }) => open))
    if (parts.size === 0) return []
    return [`  colophon disclose ${shellWord(names[side])} --open ${[...parts].join(',')} --to FILE`]
  })
  return commands.length === 0 ? [] : ['', 'What would show it, from whoever issued the runs:', ...commands]
}

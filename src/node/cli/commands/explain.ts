/**
 * `colophon explain`: what a run was composed of, and what of that is proven.
 *
 * JSON: `{authenticity, composition, ok, exitCode, headline, basis, sections: [{id, question, standing, answer,
 * items: [{name, text, at?}], proven, notProven}]}` as `core/explain` says. With `--map` also `map: [{message, isWhole,
 * openCount, closedCount, proven, claimed, spans: [{index, state, kind, role, pointer, offset, length, text?, base64?,
 * reading?}]}]`; with `--excerpt` also `excerpt: {standing, answer, places: [{first, last, at, offset, end, text}], proven,
 * notProven}`.
 *
 * @module
 */
import type { Command } from 'commander'
import { ColophonError } from '../../../core/errors.ts'
import {
  type ExcerptExplanation,
  type ExplainedItem,
  explainExcerpt,
  explainRun,
  mapDisclosure,
  readableDisclosure,
  type Section,
  type Standing,
} from '../../../core/explain/index.ts'
import { addJsonOption, runAndPrint } from '../command.ts'
import { columns, type Line, prose, quote, type Style, styled } from '../lines.ts'
import { mapLines } from '../map-lines.ts'
import type { Result } from '../result.ts'
import { addVerifierOptions, type VerifierOptions, verifyFiles } from '../verifier-options.ts'
import { headline } from './verify.ts'

const HELP = `
Answers, in this order: which system prompt was active, what retrieved context
was assembled, which tools were in scope, whether the model that answered is the
one intended, and whether the composition kept its declared policy. Prompts and
passages are shown only from a disclosure that meets the record.

--map shows the request and the response span by span: what is open, readable;
what is closed, as a block with what the issuer says of it. --excerpt says
whether a text stands in the answer, as far as the disclosure shows the answer.

Examples:
  colophon explain answer.txt --trust trust-policy.json
  colophon explain answer.txt --no-disclosure
  colophon explain --record answer.txt.sigstore.json --disclosure quote.json \\
    --excerpt "It costs 12 euros."

Exit codes: as of "colophon verify" with the same options; 5 instead of 0 where
the excerpt is not shown to stand in the answer.`

interface ExplainOptions extends VerifierOptions {
  readonly map: boolean
  readonly excerpt?: string
}

export function addExplainCommand(program: Command): void {
  const command = program
    .command('explain')
    .summary('say what a run was composed of')
    .description('Says what a run was composed of: what of it is proven, by whom, and what is not.')
    .argument('[answer]', 'the answer, byte for byte as it was issued')
    .option('--map', 'show the messages span by span', false)
    .option('--excerpt <text>', 'say whether this text stands in the answer')
  addJsonOption(addVerifierOptions(command)).addHelpText('after', HELP).action(runAndPrint(explain))
}

async function explain(answer: string | undefined, options: ExplainOptions): Promise<Result> {
  if (options.excerpt === '') throw new ColophonError('USAGE', 'the excerpt is empty', { at: '--excerpt' })
  const { report, evidence } = await verifyFiles(answer, options)
  const shown = { report, disclosure: readableDisclosure(evidence.disclosure) }
  const explanation = explainRun(shown)
  const excerpt = options.excerpt === undefined ? undefined : explainExcerpt(shown, options.excerpt)
  const map = options.map ? mapDisclosure(shown) : undefined
  const { authenticity, composition } = report
  const exitCode = report.exitCode === 0 && excerpt?.places.length === 0 ? 5 : report.exitCode
  return {
    exitCode,
    json: {
      ...{ authenticity, composition, ok: exitCode === 0, exitCode, ...explanation },
      ...(excerpt === undefined ? {} : { excerpt }),
      ...(map === undefined ? {} : { map }),
    },
    lines: [
      ...headline(report),
      prose([], explanation.basis),
      ...explanation.sections.flatMap((section, index) => ['', ...sectionLines(section, index + 1)]),
      ...(excerpt === undefined ? [] : ['', ...excerptLines(excerpt)]),
      ...(map === undefined ? [] : mapLines(map)),
    ],
  }
}

const STYLES: Readonly<Record<Standing, Style>> = { proven: 'green', claimed: 'yellow', unknown: 'dim' }

function sectionLines(section: Section, number: number): Line[] {
  return [
    [styled('bold', `${number}. ${section.question}`)],
    prose(['   ', styled(STYLES[section.standing], section.standing.toUpperCase()), '  '], section.answer),
    ...itemLines(section.items),
    prose(['   proven:      '], section.proven),
    prose(['   not proven:  '], section.notProven),
  ]
}

/** Texts of the request in blocks of their own; names and findings in columns. */
function itemLines(items: readonly ExplainedItem[]): Line[] {
  if (items.some(({ at }) => at === undefined)) {
    const rows = items.map(({ name, text }) => [name, text] as const)
    return columns(rows, { indent: '     ' })
  }
  return items.flatMap(({ name, text, at }): Line[] => [
    ['     ', styled('bold', name), ` at ${at}`],
    ...quote(text, { indent: '     ' }),
  ])
}

function excerptLines({ standing, answer, places, proven, notProven }: ExcerptExplanation): Line[] {
  return [
    [styled('bold', 'Does the excerpt stand in the answer?')],
    prose(['   ', styled(STYLES[standing], standing.toUpperCase()), '  '], answer),
    ...places.flatMap(({ first, last, at, offset, end, text }): Line[] => [
      `     ${first === last ? `span ${first}` : `spans ${first} to ${last}`} at ${at}, bytes ${offset} to ${end}`,
      ...quote(text, { indent: '     ' }),
    ]),
    prose(['   proven:      '], proven),
    prose(['   not proven:  '], notProven),
  ]
}

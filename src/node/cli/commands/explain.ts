/**
 * `colophon explain`: what a run was composed of, and what of that is proven.
 *
 * JSON: `{authenticity, composition, ok, exitCode, headline, basis, sections: [{id, question, standing, answer,
 * items: [{name, text, at?}], proven, notProven}]}` as `core/explain` says.
 *
 * @module
 */
import type { Command } from 'commander'
import {
  type ExplainedItem,
  explainRun,
  readableDisclosure,
  type Section,
  type Standing,
} from '../../../core/explain/index.ts'
import { addJsonOption, runAndPrint } from '../command.ts'
import { columns, type Line, prose, quote, type Style, styled } from '../lines.ts'
import type { Result } from '../result.ts'
import { addVerifierOptions, type VerifierOptions, verifyFiles } from '../verifier-options.ts'
import { headline } from './verify.ts'

const HELP = `
Answers, in this order: which system prompt was active, what retrieved context
was assembled, which tools were in scope, whether the model that answered is the
one intended, and whether the composition kept its declared policy. Prompts and
passages are shown only from a disclosure that meets the record.

Examples:
  colophon explain answer.txt --trust trust-policy.json
  colophon explain answer.txt --no-disclosure

Exit codes: as of "colophon verify" with the same options.`

export function addExplainCommand(program: Command): void {
  const command = program
    .command('explain')
    .summary('say what a run was composed of')
    .description('Says what a run was composed of: what of it is proven, by whom, and what is not.')
    .argument('[answer]', 'the answer, byte for byte as it was issued')
  addJsonOption(addVerifierOptions(command)).addHelpText('after', HELP).action(runAndPrint(explain))
}

async function explain(answer: string | undefined, options: VerifierOptions): Promise<Result> {
  const { report, evidence } = await verifyFiles(answer, options)
  const explanation = explainRun({ report, disclosure: readableDisclosure(evidence.disclosure) })
  const { authenticity, composition, ok, exitCode } = report
  return {
    exitCode,
    json: { authenticity, composition, ok, exitCode, ...explanation },
    lines: [
      ...headline(report),
      prose([], explanation.basis),
      ...explanation.sections.flatMap((section, index) => ['', ...sectionLines(section, index + 1)]),
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

/**
 * `colophon verify`: a record, and what lies beside it, to a verdict.
 *
 * JSON: `{authenticity, composition, ok, exitCode, headline, checks: [{id, status, reason, spec, code?, at?}], facts,
 * files: {record, answer, disclosure}}` as `core/verify/report.ts` says; `facts` is null where the record cannot be read.
 *
 * @module
 */
import type { Command } from 'commander'
import { factRows, failureDetails, groupChecks, SIGNS } from '../../../core/explain/index.ts'
import type { Check, CheckStatus, Report } from '../../../core/verify/index.ts'
import { addJsonOption, runAndPrint } from '../command.ts'
import { columns, type Line, prose, type Style, styled } from '../lines.ts'
import type { Result } from '../result.ts'
import { shellWord } from '../shell-word.ts'
import { addVerifierOptions, type Verified, type VerifierOptions, verifyFiles } from '../verifier-options.ts'

const HELP = `
Works offline, always. A record never brings its own trust: without --trust the
best verdict is "valid" (exit 3).

Examples:
  colophon verify answer.txt --trust trust-policy.json
  colophon verify answer.txt --trust trust-policy.json --no-disclosure
  colophon verify --record answer.txt.sigstore.json

Signs: ✓ proven   ✗ failed   ~ the issuer's word   · not checked

Exit codes:
  0  trusted, and the composition kept (or claimed, where your trust policy
     accepts that)
  1  invalid
  2  usage, or a malformed trust policy
  3  valid, not trusted
  4  no record
  5  the composition, or a check that you required, was not met`

export function addVerifyCommand(program: Command): void {
  const command = program
    .command('verify')
    .summary('check an answer against its record')
    .description('Checks an answer against its record, and says what is proven, what is claimed, and by whom.')
    .argument('[answer]', 'the answer, byte for byte as it was issued')
  addJsonOption(addVerifierOptions(command))
    .addHelpText('after', HELP)
    .action(
      runAndPrint<[string | undefined], VerifierOptions>(async (answer, options) => {
        const verified = await verifyFiles(answer, options)
        return verifyResult(verified, { hasTrust: options.trust !== undefined, answer })
      }),
    )
}

function verifyResult(
  { report, evidence }: Verified,
  { hasTrust, answer }: { readonly hasTrust: boolean; readonly answer: string | undefined },
): Result {
  const { facts } = report
  return {
    exitCode: report.exitCode,
    json: { ...report, facts: facts ?? null, files: evidence.names },
    lines: [
      ...headline(report),
      '',
      ...groupChecks(report.checks).flatMap(checkLines),
      ...(facts === undefined ? [] : ['', ...columns(factRows(facts), { indent: '  ' })]),
      ...(hasTrust || report.authenticity === 'invalid' ? [] : ['', ...trustHint(answer)]),
    ],
  }
}

export function headline({ headline: text, exitCode }: Report): Line[] {
  const style: Style = exitCode === 0 ? 'green' : exitCode === 1 ? 'red' : 'yellow'
  return [prose([], styled(style, text))]
}

const STYLES: Readonly<Record<CheckStatus, Style>> = {
  pass: 'green',
  fail: 'red',
  claimed: 'yellow',
  notChecked: 'dim',
}

const ID_WIDTH = 19

function checkLines([check, ...more]: readonly [Check, ...Check[]]): Line[] {
  const { id, status, reason } = check
  const head = (name: string) => ['  ', styled(STYLES[status], SIGNS[status]), ` ${name.padEnd(ID_WIDTH)} `]
  const blank = [' '.repeat(ID_WIDTH + 5)]
  if (more.length > 0) {
    const ids = [id, ...more.map((other) => other.id)]
    return [prose(head(`${ids.length} checks`), reason), prose(blank, `These are ${ids.join(', ')}.`)]
  }
  const line = prose(head(id), reason)
  return status === 'fail' ? [line, prose(blank, failureDetails(check))] : [line]
}

function trustHint(answer: string | undefined): Line[] {
  return [
    'Nobody vouches for the signer, for you have not said whom you trust. To do so:',
    '  1. Get the trust policy from the issuer (trust/trust-policy.json there).',
    '  2. Compare its fingerprints with the issuer, by another channel:',
    '       colophon trust show trust-policy.json',
    '  3. Verify according to it:',
    `       colophon verify ${answer === undefined ? '--record RECORD' : shellWord(answer)} --trust trust-policy.json`,
  ]
}

/**
 * `colophon verify`: a record, and what lies beside it, to a verdict.
 *
 * JSON: `{authenticity, composition, ok, exitCode, headline, checks: [{id, status, reason, spec, code?, at?}], facts,
 * files: {record, answer, disclosure}}` as `core/verify/report.ts` says; `facts` is null where the record cannot be read.
 *
 * @module
 */
import type { Command } from 'commander'
import type { Check, CheckStatus, RecordFacts, Report } from '../../../core/verify/index.ts'
import { addJsonOption, runAndPrint } from '../command.ts'
import { columns, type Line, type Style, styled } from '../lines.ts'
import type { Result } from '../result.ts'
import { addVerifierOptions, type Verified, type VerifierOptions, verifyFiles } from '../verifier-options.ts'

const HELP = `
Works offline, always. A record never brings its own trust: without --trust the best verdict is "valid" (exit 3).

Examples:
  colophon verify answer.txt --trust trust-policy.json
  colophon verify answer.txt --trust trust-policy.json --no-disclosure
  colophon verify --record answer.txt.sigstore.json

Signs: ✓ proven   ✗ failed   ~ the issuer's word   · not checked

Exit codes:
  0  trusted, and the composition kept (or claimed, where your trust policy accepts that)
  1  invalid    2  usage, or a malformed trust policy    3  valid, not trusted    4  no record
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
      ...report.checks.flatMap(checkLines),
      ...(facts === undefined ? [] : ['', ...factLines(facts)]),
      ...(hasTrust || report.authenticity === 'invalid' ? [] : ['', ...trustHint(answer)]),
    ],
  }
}

export function headline({ headline: text, exitCode }: Report): Line[] {
  const style: Style = exitCode === 0 ? 'green' : exitCode === 1 ? 'red' : 'yellow'
  return [[styled(style, text)]]
}

const SIGNS: Readonly<Record<CheckStatus, { readonly sign: string; readonly style: Style }>> = {
  pass: { sign: '✓', style: 'green' },
  fail: { sign: '✗', style: 'red' },
  claimed: { sign: '~', style: 'yellow' },
  notChecked: { sign: '·', style: 'dim' },
}

const ID_WIDTH = 19

function checkLines({ id, status, reason, code, at, spec }: Check): Line[] {
  const { sign, style } = SIGNS[status]
  const line: Line = ['  ', styled(style, sign), ` ${id.padEnd(ID_WIDTH)} `, reason]
  if (status !== 'fail') return [line]
  const details = [code, at === undefined ? undefined : `at ${at}`, `see ${spec}`].filter((text) => text !== undefined)
  return [line, `${' '.repeat(ID_WIDTH + 5)}${details.join(', ')}`]
}

function factLines(facts: RecordFacts): Line[] {
  const { declaration, signer, log } = facts
  return columns(
    [
      ['run', facts.runId],
      [
        'declaration',
        declaration === undefined ? 'none' : `${declaration.id} (${declaration.name}, ${declaration.privacy})`,
      ],
      ['signer', `${signer.keyId}${signer.name === undefined ? '' : ` (${signer.name})`}`],
      ['log', `${log.origin ?? 'not one that you trust'}, entry ${log.index}`],
      ['bound', `${facts.boundAt}, ended ${facts.endedAt}, by the issuer's clock`],
      ['asked', `${facts.endpoint}, captured ${facts.capture === 'gateway' ? 'by a gateway' : 'in process'}`],
    ],
    { indent: '  ' },
  )
}

function trustHint(answer: string | undefined): Line[] {
  return [
    'You have not said whom you trust, so nobody vouches for the signer. To change that:',
    '  1. Get the trust policy from the issuer (trust/trust-policy.json in its folder).',
    '  2. Compare its fingerprints with the issuer by another channel:  colophon trust show trust-policy.json',
    `  3. colophon verify ${answer ?? '--record RECORD'} --trust trust-policy.json`,
  ]
}

/**
 * A report in rows, as the command line and the page both show it. Names and texts are foreign; whoever shows them
 * escapes them.
 *
 * @module
 */
import type { Check, CheckStatus, RecordFacts } from '../verify/index.ts'
import { describeSides } from './describe-finding.ts'
import { describeRule } from './describe-rule.ts'

/** One sign per status: no reader has to tell colours apart. */
export const SIGNS: Readonly<Record<CheckStatus, string>> = { pass: '✓', fail: '✗', claimed: '~', notChecked: '·' }

/** Neighbours that were not checked, for one and the same reason, are told of together. */
export function groupChecks(checks: readonly Check[]): readonly (readonly [Check, ...Check[]])[] {
  const groups: [Check, ...Check[]][] = []
  for (const check of checks) {
    const [first] = groups.at(-1) ?? []
    if (first?.status === 'notChecked' && check.status === 'notChecked' && first.reason === check.reason) {
      groups.at(-1)?.push(check)
    } else groups.push([check])
  }
  return groups
}

/** Code, place and section of the specification of a check that failed. */
export const failureDetails = ({ code, at, spec }: Check): string =>
  [code, at === undefined ? undefined : `at ${at}`, `see ${spec}`].filter((text) => text !== undefined).join(', ')

/** What the record says, each with its name. */
export function factRows(facts: RecordFacts): readonly (readonly [name: string, value: string])[] {
  const { declaration, signer, log } = facts
  return [
    ['run', facts.runId],
    [
      'declaration',
      declaration === undefined ? 'none' : `${declaration.id} (${declaration.name}, ${declaration.privacy})`,
    ],
    ['signer', `${signer.keyId}${signer.name === undefined ? '' : ` (${signer.name})`}`],
    ['log', `${log.origin ?? 'not one that you trust'}, entry ${log.index}`],
    ['bound', `${facts.boundAt}, ended ${facts.endedAt}, by the issuer's clock`],
    ...facts.trustedTimes.map(({ statement, witness, time }) => {
      return ['witnessed', `the ${statement} was in the log by ${time}, says the witness ${witness}`] as const
    }),
    ['models', modelWords(facts)],
    ...findingRows(facts),
    ...(facts.policy?.rules ?? []).map((rule) => ['rule', `${rule.rule} ${describeRule(rule)}`] as const),
    ['asked', `${facts.endpoint}, captured ${facts.capture === 'gateway' ? 'by a gateway' : 'in process'}`],
  ]
}

/** Three names, each as it is recorded. */
function modelWords({ models }: RecordFacts): string {
  const { intended, requested, responded } = models
  const words = `intended ${nameWords(intended)}, requested ${nameWords(requested)}, responded ${nameWords(responded)}`
  if (requested.state !== 'present' || responded.state !== 'present' || requested.value === responded.value)
    return words
  return `${words}; two names: that the one stands for the other is the word of whoever answers`
}

type Model = RecordFacts['models'][keyof RecordFacts['models']]

function nameWords(model: Model): string {
  if (model.state === 'oneOf') return `one of ${model.values.join(' | ')}`
  return model.state === 'present' ? model.value : `(${model.state})`
}

/** More would hide the checks above them; `explain` shows all. */
const MAX_FINDINGS = 20

/** What was not sent as declared. */
function findingRows({ findings }: RecordFacts): readonly (readonly [name: string, value: string])[] {
  const broken = findings.filter(({ finding, role }) => finding !== 'match' && role !== 'policy')
  const rows = broken.slice(0, MAX_FINDINGS).map((finding) => {
    const { role, name } = finding
    const count = 'count' in finding && finding.count !== undefined ? `${finding.count} ` : ''
    return [finding.finding, `${count}${role}${name === undefined ? '' : ` ${name}`}${describeSides(finding)}`] as const
  })
  const more = broken.length - rows.length
  return more === 0 ? rows : [...rows, ['findings', `${more} more: see colophon explain`]]
}

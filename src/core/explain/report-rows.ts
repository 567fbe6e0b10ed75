/**
 * A report in rows, as the command line and the page both show it. Names and texts are foreign; whoever shows them
 * escapes them.
 *
 * @module
 */
import type { Check, CheckStatus, RecordFacts } from '../verify/index.ts'

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
    ['asked', `${facts.endpoint}, captured ${facts.capture === 'gateway' ? 'by a gateway' : 'in process'}`],
  ]
}

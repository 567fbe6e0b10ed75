/**
 * What became of a rule, in one line. Its sentence is foreign; whoever prints it escapes it.
 *
 * @module
 */
import type { PolicyFacts } from '../verify/index.ts'

export type RuleFacts = PolicyFacts['rules'][number]

const WORDS: Readonly<Record<RuleFacts['result'], string>> = {
  kept: 'kept',
  violated: 'VIOLATED',
  notEvaluated: 'without a result',
}

/** Says whose word the result is, where it was not evaluated again. */
export function describeRule({ result, says, needs }: RuleFacts): string {
  const whose = needs.length === 0 ? '' : ', says the issuer'
  return `${WORDS[result]}${whose}${says === undefined ? ' (its words are not disclosed)' : `: ${says}`}`
}

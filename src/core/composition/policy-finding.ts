/**
 * What the rules of a policy say together, as the one finding of the role `policy` (`docs/spec/composition.md`,
 * "Findings").
 *
 * @module
 */
import type { RuleOutcome } from '../policy/index.ts'
import type { Finding } from './findings.ts'

/** `unobservable`: a rule has no result, and none is violated. */
export function policyFinding(outcomes: readonly RuleOutcome[]): Finding {
  const has = (result: RuleOutcome['result']): boolean => outcomes.some((outcome) => outcome.result === result)
  if (has('violated')) return { role: 'policy', finding: 'mismatch' }
  return { role: 'policy', finding: has('notEvaluated') ? 'unobservable' : 'match' }
}

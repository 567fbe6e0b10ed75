/**
 * Rules over a run: before it, which may end it, and after it, which is what the record holds (`docs/spec/policy.md`,
 * "Evaluation").
 *
 * @module
 */
import type { RuleResult } from './compile-rule.ts'
import type { PolicyMode, PolicyRule } from './policy.ts'
import type { FindingFacts, RunFacts } from './run-facts.ts'

export interface Policy {
  readonly mode: PolicyMode
  /** In the order of their names. */
  readonly rules: readonly PolicyRule[]
  readonly isPublic: boolean
}

export interface RuleOutcome {
  readonly rule: string
  readonly result: RuleResult
}

/** Whether a rule is about the answer, and so evaluated after the run only. */
export const isAfterRun = ({ compiled }: PolicyRule): boolean => compiled?.facts.includes('response') ?? false

export const evaluateRule = (rule: PolicyRule, facts: RunFacts): RuleResult =>
  rule.compiled?.evaluate(facts) ?? 'notEvaluated'

/** What the record says of each rule. Those about an answer that never came have no result. */
export const evaluateRules = (rules: readonly PolicyRule[], facts: RunFacts): RuleOutcome[] =>
  rules.map((rule) => ({ rule: rule.name, result: evaluateRule(rule, facts) }))

/** Why a request may not go upstream. */
export interface Refusal {
  /** Names of rules, each with why. */
  readonly rules: readonly { readonly name: string; readonly says: string; readonly result: RuleResult }[]
  /** Whether it differs from what was declared, where that is refused too. */
  readonly differs: boolean
  /** Whether the declaration is: then what rules say is no secret. */
  readonly isPublic: boolean
}

/** Undefined: the request may go. Rules about the answer prevent nothing. */
export function refusalOf({ mode, rules, isPublic }: Policy, facts: RunFacts): Refusal | undefined {
  if (mode.mode === 'observe') return undefined
  const broken = rules
    .filter((rule) => !isAfterRun(rule))
    .map((rule) => ({ name: rule.name, says: rule.says, result: evaluateRule(rule, facts) }))
    .filter(({ result }) => result !== 'kept')
  const differs = mode.findings === 'strict' && (facts.findings ?? []).some(isDifference)
  return broken.length === 0 && !differs ? undefined : { rules: broken, differs, isPublic }
}

const isDifference = ({ finding }: FindingFacts): boolean => finding !== 'match'

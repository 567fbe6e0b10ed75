/**
 * Records of runs whose declaration has rules (`docs/spec/policy.md`, "Verifying"). Results by hand.
 *
 * @module
 */
import { type Content, documentOf, fixed, type Members } from './declared.ts'
import { canonical } from './document.ts'
import { CONTENTS, KEPT, MODELS, type Plan } from './issued.ts'
import { type Checks, INCOMPLETE, judged, type RecordCase, stopped, WITHOUT, whole } from './record-case.ts'
import type { Value } from './topic.ts'

const RULE = 'docs/spec/policy.md#verifying'
const CONSISTENT = 'docs/spec/record.md#completion'

const MODE = { mode: 'observe' }
const RULES: Readonly<Record<string, Value>> = {
  cool: { rule: 'parameters.temperature <= 0.3', says: 'Temperature is 0.3 at most.' },
  'no-lamps': { rule: "!parts.exists(p, p.text.contains('lamp'))", says: 'Nothing about lamps.' },
  'short-answer': { rule: 'response.outputs.all(o, o.text.size() < 100)', says: 'The answer is short.' },
}
const ENGINE = { facts: 'facts/1', name: '@marcbachmann/cel-js', version: '8.0.0' }

const components = {
  cool: RULES['cool'],
  mode: MODE,
  'no-lamps': RULES['no-lamps'],
  'short-answer': RULES['short-answer'],
}
const policy = (values: Readonly<Record<string, Value | undefined>>): Members =>
  fixed('policy', values as Readonly<Record<string, Value>>)
const contentsOf = (values: Readonly<Record<string, Value | undefined>>): readonly Content[] => [
  ...CONTENTS.slice(0, 3),
  ...Object.entries(values).map(([name, value]): Content => {
    return { role: 'policy', name, encoding: 'json', valueText: canonical(value as Value) }
  }),
]

type Results = Readonly<Record<string, string>>
const TRUE: Results = { cool: 'kept', 'no-lamps': 'violated', 'short-answer': 'kept' }

const FINDINGS = (KEPT['findings'] as readonly Value[]).slice(0, 8)

/** What a record says of these results; the finding and the result of the whole follow unless told. */
function composition(results: Results, finding = findingOf(results), engine: Members = ENGINE): Members {
  return {
    ...KEPT,
    findings: [...FINDINGS, { finding, role: 'policy' }],
    policy: { engine: engine as Value, rules: Object.entries(results).map(([rule, result]) => ({ result, rule })) },
    result: finding === 'match' ? 'kept' : 'broken',
  }
}

function findingOf(results: Results): string {
  const values = Object.values(results)
  if (values.includes('violated')) return 'mismatch'
  return values.includes('notEvaluated') ? 'unobservable' : 'match'
}

const planOf = (more: Plan, values: Readonly<Record<string, Value | undefined>> = components): Plan => ({
  document: documentOf({ policy: policy(values) }),
  contents: contentsOf(values),
  ...more,
})
const told = (results: Results): Plan => planOf({ composition: composition(results) })

/** Two rules that are kept. */
const { 'no-lamps': _, ...KEEPING } = components
const KEPT_BOTH: Results = { cool: 'kept', 'short-answer': 'kept' }
const keeping = (more: Plan = {}): Plan => planOf({ composition: composition(KEPT_BOTH), ...more }, KEEPING)

const UNANSWERED: Checks = { responseBytes: 'notChecked', responseClosure: 'notChecked' }
const refusedPlan = (results: Results): Plan =>
  planOf({
    composition: composition(results),
    completion: 'refused',
    response: null,
    outputs: {},
    model: { ...MODELS, responded: { state: 'absent' } },
  })
const REFUSED: Results = { ...TRUE, 'short-answer': 'notEvaluated' }

const invalid = (name: string, plan: Plan, checks: Checks): RecordCase =>
  judged({ name, rule: RULE, plan, verdict: 'invalid notChecked 1', checks, takesRules: true })
const unread = (name: string, plan: Plan, checks: Checks): RecordCase =>
  judged({
    name,
    rule: RULE,
    plan,
    given: { disclosure: null },
    verdict: 'invalid notChecked 1',
    checks: { ...WITHOUT.disclosure, policy: 'notChecked', ...checks },
  })
const MISMATCH: Checks = { policy: 'POLICY_MISMATCH' }
const INCOHERENT: Checks = { composition: 'COMPOSITION_MISMATCH' }
const inconsistent = (name: string, plan: Plan): RecordCase =>
  stopped({ name, rule: CONSISTENT, plan, check: 'statement', code: 'RECORD_INCONSISTENT' })

export const POLICIES: readonly RecordCase[] = [
  whole('rules-kept', 'trusted kept 0', { rule: RULE, plan: keeping(), takesRules: true }),
  whole('rules-violated-and-observed', 'trusted broken 5', { rule: RULE, plan: told(TRUE), takesRules: true }),
  whole('rules-that-refused-the-request', 'trusted broken 5', {
    rule: RULE,
    plan: refusedPlan(REFUSED),
    given: { output: null },
    checks: { ...WITHOUT.output, ...UNANSWERED, ...INCOMPLETE },
    takesRules: true,
  }),
  whole('rules-without-any-disclosure', 'trusted claimed 5', {
    rule: RULE,
    plan: keeping(),
    given: { disclosure: null },
    checks: { ...WITHOUT.disclosure, policy: 'notChecked' },
  }),
  whole('rules-without-the-request', 'trusted claimed 5', {
    rule: RULE,
    plan: keeping(),
    given: { disclosure: ({ request: _, ...file }) => file },
    checks: {
      requestBytes: 'notChecked',
      requestClosure: 'claimed',
      composition: 'claimed',
      policy: 'notChecked',
      models: 'claimed',
    },
  }),
  whole('rules-whose-words-are-not-shown', 'trusted claimed 5', {
    rule: RULE,
    plan: { ...keeping(), contents: CONTENTS.slice(0, 3) },
    checks: { policy: 'notChecked', models: 'claimed' },
  }),
  whole('rules-evaluated-by-another-engine', 'trusted claimed 5', {
    rule: RULE,
    plan: keeping({ composition: composition(KEPT_BOTH, 'match', { ...ENGINE, version: '7.0.0' }) }),
    checks: { policy: 'notChecked' },
  }),
  whole('rules-about-other-facts', 'trusted claimed 5', {
    rule: RULE,
    plan: keeping({ composition: composition(KEPT_BOTH, 'match', { ...ENGINE, facts: 'facts/2' }) }),
    checks: { policy: 'notChecked' },
  }),
  invalid('rule-said-to-be-kept', told({ ...TRUE, 'no-lamps': 'kept' }), MISMATCH),
  invalid('rule-said-to-be-violated', told({ ...TRUE, cool: 'violated' }), MISMATCH),
  invalid('rule-said-to-have-no-result', told({ ...TRUE, 'no-lamps': 'notEvaluated' }), MISMATCH),
  invalid('rule-about-an-answer-said-to-have-no-result', told({ ...TRUE, 'short-answer': 'notEvaluated' }), MISMATCH),
  invalid('rule-about-no-answer-said-to-be-kept', refusedPlan(TRUE), {
    ...MISMATCH,
    ...UNANSWERED,
    ...INCOMPLETE,
    output: 'OUTPUT_MISMATCH',
  }),
  unread('rule-left-out', told({ cool: 'kept', 'no-lamps': 'violated' }), INCOHERENT),
  unread('rule-that-was-not-declared', told({ ...TRUE, 'then-another': 'kept' }), INCOHERENT),
  unread('rules-in-another-order', told({ 'no-lamps': 'violated', cool: 'kept', 'short-answer': 'kept' }), INCOHERENT),
  unread('rules-of-which-nothing-is-said', planOf({}), INCOHERENT),
  unread('rules-that-the-finding-does-not-follow', planOf({ composition: composition(TRUE, 'match') }), INCOHERENT),
  unread('rules-where-none-are-declared', { composition: composition(KEPT_BOTH) }, { ...INCOHERENT, policy: 'pass' }),
  inconsistent('refused-without-rules', { ...refusedPlan(REFUSED), document: documentOf(), composition: KEPT }),
  inconsistent('refused-and-kept', refusedPlan(KEPT_BOTH)),
  inconsistent('refused-and-answered', planOf({ composition: composition(REFUSED), completion: 'refused' })),
]

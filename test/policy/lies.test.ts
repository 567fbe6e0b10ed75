/**
 * An issuer that lies about its rules: the record is signed and logged by keys that the verifier trusts.
 */
import { expect, test } from 'vitest'
import { policyFinding, recordedFindings } from '../../src/core/composition/index.ts'
import type { Disclosure } from '../../src/core/disclosure/index.ts'
import type { ErrorCode } from '../../src/core/errors.ts'
import { POLICY_ENGINE, type PolicyEngine, type RuleOutcome } from '../../src/core/policy/index.ts'
import type { RunRecord } from '../../src/core/run/index.ts'
import type { CheckId } from '../../src/core/verify/index.ts'
import { type Forgery, judgeForgery } from '../support/forged-run.ts'
import { DECLARATION } from '../support/issued-run.ts'

const RULES = {
  cool: { rule: 'parameters.temperature <= 0.3', says: 'Temperature is 0.3 at most.' },
  'no-lamps': { rule: "!parts.exists(p, p.text.contains('lamp'))", says: 'Nothing about lamps.' },
}
const TRUE_OUTCOMES: readonly RuleOutcome[] = [
  { rule: 'cool', result: 'kept' },
  { rule: 'no-lamps', result: 'violated' },
]

/** What a record says of the rules, consistent in itself unless told. */
const recorded =
  (
    outcomes: readonly RuleOutcome[] = TRUE_OUTCOMES,
    { engine = POLICY_ENGINE, finding = policyFinding(outcomes) }: { engine?: PolicyEngine; finding?: object } = {},
  ) =>
  (record: RunRecord): RunRecord => {
    const others = record.composition.findings.filter(({ role }) => role !== 'policy')
    const findings = [...others, ...recordedFindings([finding as ReturnType<typeof policyFinding>])]
    const result = findings.every((one) => one.finding === 'match') ? 'kept' : 'broken'
    return { ...record, composition: { ...record.composition, findings, result, policy: { engine, rules: outcomes } } }
  }

const ofRules = (record: Forgery['record'], more: Forgery = {}): Forgery => ({
  declaration: { ...DECLARATION, policy: { mode: 'observe', rules: RULES } },
  ...(record === undefined ? {} : { record }),
  ...more,
})

const withoutRequest = ({ request: _, ...rest }: Disclosure): Disclosure => rest
const nothing = (): undefined => undefined

test('the truth holds', async () => {
  const report = await judgeForgery(ofRules(recorded()))
  expect(report.checks.filter(({ status }) => status === 'fail')).toEqual([])
  expect(report).toMatchObject({ authenticity: 'trusted', composition: 'broken' })
})

const ALL_KEPT = TRUE_OUTCOMES.map(({ rule }): RuleOutcome => ({ rule, result: 'kept' }))
const refused = (record: RunRecord): RunRecord => ({
  ...record,
  outputs: [],
  model: { ...record.model, responded: { state: 'absent' } },
  outcome: { ...record.outcome, completion: 'refused', response: { state: 'none' } },
})

test.each<[string, Forgery, CheckId, ErrorCode]>([
  ['a violated rule said to be kept', ofRules(recorded(ALL_KEPT)), 'policy', 'POLICY_MISMATCH'],
  [
    'a kept rule said to be violated',
    ofRules(recorded([{ rule: 'cool', result: 'violated' }, ...TRUE_OUTCOMES.slice(1)])),
    'policy',
    'POLICY_MISMATCH',
  ],
  [
    'a rule with a result said to have none',
    ofRules(recorded([...TRUE_OUTCOMES.slice(0, 1), { rule: 'no-lamps', result: 'notEvaluated' }])),
    'policy',
    'POLICY_MISMATCH',
  ],
  ['a rule left out', ofRules(recorded(TRUE_OUTCOMES.slice(0, 1))), 'composition', 'COMPOSITION_MISMATCH'],
  ['rules in another order', ofRules(recorded(TRUE_OUTCOMES.toReversed())), 'composition', 'COMPOSITION_MISMATCH'],
  [
    'a rule that was not declared',
    ofRules(recorded([...TRUE_OUTCOMES, { rule: 'other', result: 'kept' }])),
    'composition',
    'COMPOSITION_MISMATCH',
  ],
  ['nothing said of rules', ofRules(undefined), 'composition', 'COMPOSITION_MISMATCH'],
  ['rules where none were declared', { record: recorded() }, 'composition', 'COMPOSITION_MISMATCH'],
  [
    'a finding that does not follow from the results',
    ofRules(recorded(TRUE_OUTCOMES, { finding: { role: 'policy', finding: 'match' } })),
    'composition',
    'COMPOSITION_MISMATCH',
  ],
  ['a refusal without rules', { record: refused }, 'statement', 'RECORD_INCONSISTENT'],
  [
    'a refusal of what keeps all rules',
    ofRules((record) => refused(recorded(ALL_KEPT)(record))),
    'statement',
    'RECORD_INCONSISTENT',
  ],
  [
    'a response to a request that was refused',
    ofRules((record) => ({ ...recorded()(record), outcome: { ...record.outcome, completion: 'refused' } })),
    'statement',
    'RECORD_INCONSISTENT',
  ],
])('%s: invalid', async (_, forgery, id, code) => {
  const report = await judgeForgery(forgery)
  expect(report.checks.find((check) => check.id === id)).toMatchObject({ status: 'fail', code })
  expect(report.authenticity).toBe('invalid')
})

test.each<[string, Forgery]>([
  ['a rule left out', ofRules(recorded(TRUE_OUTCOMES.slice(0, 1)))],
  ['nothing said of rules', ofRules(undefined)],
  [
    'a finding that does not follow',
    ofRules(recorded(TRUE_OUTCOMES, { finding: { role: 'policy', finding: 'match' } })),
  ],
])('without any disclosure, too: %s', async (_, forgery) => {
  const report = await judgeForgery(forgery, { disclose: nothing })
  expect(report.checks.find(({ id }) => id === 'composition')).toMatchObject({ code: 'COMPOSITION_MISMATCH' })
})

test('a lie about rules stands only as long as nobody shows the request', async () => {
  const lie = ofRules(recorded(ALL_KEPT))
  const closed = await judgeForgery(lie, { disclose: withoutRequest })
  expect(closed).toMatchObject({ authenticity: 'trusted', composition: 'claimed' })
  expect(closed.checks.find(({ id }) => id === 'policy')?.status).toBe('notChecked')
})

test('results of another engine are not compared', async () => {
  const other = { ...POLICY_ENGINE, version: '9.0.0' }
  const report = await judgeForgery(ofRules(recorded(ALL_KEPT, { engine: other })))
  expect(report.checks.find(({ id }) => id === 'policy')).toMatchObject({
    status: 'notChecked',
    reason: expect.stringContaining('9.0.0'),
  })
  expect(report).toMatchObject({ authenticity: 'trusted', composition: 'claimed' })
})

/**
 * Records and disclosures that do not belong together, or in which the issuer lies, for `records.ts`: it signs and
 * commits to what it likes, and one thing is not so.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { PlainLeaf } from './committed.ts'
import { documentOf, type Members } from './declared.ts'
import { edited } from './document.ts'
import { bodyOf, fact, REQUEST, RESPONSE, shown } from './example-message.ts'
import { ANSWER, CONTENTS, contentValue, issue, KEPT, MODELS, type Plan } from './issued.ts'
import { o, s, v } from './leaves.ts'
import { CUT_PLAN, HOT, NOTHING, OPAQUE, PRIVATE, UNDECLARED } from './plans.ts'
import { type Checks, type Given, judged, type RecordCase, WITHOUT, withoutMember } from './record-case.ts'
import type { Value } from './topic.ts'

const SUBJECTS = 'docs/spec/record.md#subjects'
const DISCLOSED = 'docs/spec/verdicts.md#against-the-disclosure'
const OPENING = 'docs/spec/disclosure.md#opening'
const CONTENTS_RULE = 'docs/spec/disclosure.md#declaration'
const COMPOSITION = 'docs/spec/composition.md#what-is-proven'
const MODELS_RULE = 'docs/spec/record.md#models'
const COMPLETION = 'docs/spec/record.md#completion'

interface Lie {
  readonly name: string
  readonly rule: string
  readonly plan?: Plan
  readonly given?: Given
  readonly checks: Checks
}
const invalid = (lie: Lie): RecordCase => judged({ ...lie, verdict: 'invalid notChecked 1' })

/** Without a declaration files are smaller. */
const small = ({ plan, checks, ...lie }: Lie): RecordCase =>
  invalid({ ...lie, plan: { ...UNDECLARED, ...plan }, checks: { ...WITHOUT.declaration, ...checks } })

const wrongOutput = (name: string, output: string, plan: Plan = {}): RecordCase =>
  small({ name: `output-${name}`, rule: SUBJECTS, plan, given: { output }, checks: { output: 'OUTPUT_MISMATCH' } })

const OUTPUTS: readonly RecordCase[] = [
  wrongOutput('of-another-run', 'Certainly. The lamp costs 9 euros.'),
  wrongOutput('with-a-newline-more', `${ANSWER}\n`),
  wrongOutput('with-a-byte-order-mark-more', `\ufeff${ANSWER}`),
  wrongOutput('with-its-last-character-less', ANSWER.slice(0, -1)),
  wrongOutput('of-nothing', ''),
  wrongOutput('that-is-the-request', Buffer.concat(REQUEST.slice(6).map(({ bytes }) => bytes)).toString()),
  wrongOutput('with-the-next-one-after-it', `${ANSWER}${ANSWER}`),
]

const UNREAD: Checks = {
  requestClosure: 'notChecked',
  responseBytes: 'notChecked',
  responseClosure: 'notChecked',
  declarationContents: 'notChecked',
  composition: 'notChecked',
  models: 'notChecked',
  completion: 'notChecked',
}
const ANOTHER = issue({ ...UNDECLARED, bound: { nonce: '06'.repeat(32) } })
type Leaves = readonly { readonly [name: string]: Value }[]
const leaf = (direction: 'request' | 'response', at: number, change: Members) => (file: Members) => ({
  ...file,
  [direction]: (file[direction] as Leaves).map((one, index) => (index === at ? { ...one, ...change } : one)) as Value,
})
const NO_REQUEST: Checks = { requestClosure: 'notChecked', composition: 'claimed', models: 'claimed' }
const NO_RESPONSE: Checks = { responseClosure: 'notChecked', models: 'claimed', completion: 'claimed' }
const disclosed = (name: string, checks: Checks, disclosure: Given['disclosure'], plan: Plan = {}, given: Given = {}) =>
  small({
    name: `disclosure-${name}`,
    rule: OPENING,
    plan,
    given: { ...given, ...(disclosure === undefined ? {} : { disclosure }) },
    checks,
  })

const FILES: readonly RecordCase[] = [
  disclosed('that-is-none', { requestBytes: 'DISCLOSURE_MALFORMED', ...UNREAD }, () => '{}'),
  disclosed('of-another-run', { requestBytes: 'DISCLOSURE_MISMATCH', ...UNREAD }, (file) => ({
    ...file,
    runId: ANOTHER.runId,
  })),
  disclosed(
    'with-another-byte-in-the-request',
    { requestBytes: 'DISCLOSURE_MISMATCH', ...NO_REQUEST },
    leaf('request', 7, { text: '"tinY"' }),
  ),
  disclosed(
    'with-another-salt-in-the-request',
    { requestBytes: 'DISCLOSURE_MISMATCH', ...NO_REQUEST },
    leaf('request', 7, { salt: '00'.repeat(16) }),
  ),
  disclosed(
    'with-another-role-in-the-request',
    { requestBytes: 'DISCLOSURE_MISMATCH', ...NO_REQUEST },
    leaf('request', 7, { role: 'input' }),
  ),
  disclosed('without-the-leaves-of-the-request', { requestBytes: 'DISCLOSURE_MISMATCH', ...NO_REQUEST }, (file) => ({
    ...file,
    request: [],
  })),
  disclosed(
    'with-another-byte-in-the-response',
    { responseBytes: 'DISCLOSURE_MISMATCH', ...NO_RESPONSE },
    leaf('response', 12, { text: '"No."' }),
  ),
  disclosed(
    'of-a-response-where-none-came',
    {
      ...WITHOUT.output,
      responseBytes: 'DISCLOSURE_MISMATCH',
      responseClosure: 'notChecked',
      completion: 'ANSWER_INCOMPLETE',
    },
    (file) => ({ ...file, response: shown('response', RESPONSE) }),
    { ...NOTHING, model: { ...UNDECLARED.model, responded: { state: 'absent' } } },
    { output: null },
  ),
]

const closure = (name: string, code: ErrorCode, plan: Plan, checks: Checks = {}): RecordCase =>
  small({
    name: `closure-${name}`,
    rule: DISCLOSED,
    plan,
    checks: { requestClosure: code, composition: 'claimed', models: 'claimed', ...checks },
  })
const relabelled = (
  at: number,
  change: Partial<PlainLeaf>,
  leaves: readonly PlainLeaf[] = REQUEST,
): readonly PlainLeaf[] => leaves.map((one, index) => (index === at ? { ...one, ...change } : one))
const RESPONSE_LIE: Checks = { requestClosure: 'pass', composition: 'pass', completion: 'claimed' }

/** More of these are in `disclosure-closure.ts`. */
const CLOSURES: readonly RecordCase[] = [
  closure('with-instructions-that-are-said-to-be-input', 'CLOSURE_BROKEN', {
    request: relabelled(9, { role: 'input' }),
  }),
  closure('with-a-passage-that-is-on-no-list', 'CLOSURE_BROKEN', {
    request: relabelled(5, { bytes: Buffer.from('[]') }),
  }),
  closure('without-a-cut-list', 'CUT_LIST_MALFORMED', { request: REQUEST.toSpliced(5, 1) }),
  closure(
    'of-a-chat-that-is-said-to-be-opaque',
    'CLOSURE_BROKEN',
    {
      ...OPAQUE_CHAT(),
      composition: { ...OPAQUE.composition, findings: [], result: 'undeclared' },
    },
    { responseClosure: 'pass', completion: 'claimed', ...WITHOUT.output },
  ),
  closure(
    'under-a-dialect-that-is-unknown',
    'VERSION_UNSUPPORTED',
    { dialect: 'anthropic-messages/2' },
    {
      responseClosure: 'VERSION_UNSUPPORTED',
      completion: 'claimed',
    },
  ),
  closure(
    'with-an-output-that-is-said-to-be-metadata',
    'CLOSURE_BROKEN',
    {
      response: RESPONSE.map((one) => (one.role === 'output' ? { ...one, role: 'metadata' } : one)),
    },
    { ...RESPONSE_LIE, responseClosure: 'CLOSURE_BROKEN' },
  ),
].map(withoutOutput)

/** A chat whose request and response are each said to be opaque. */
function OPAQUE_CHAT(): Plan {
  const body = Buffer.concat(REQUEST.slice(6).map(({ bytes }) => bytes)).toString()
  return {
    dialect: 'opaque/1',
    request: [...REQUEST.slice(0, 5), fact('cutList', '', '[]'), ...bodyOf([o(body)])],
    response: OPAQUE.response as readonly PlainLeaf[],
    outputs: {},
    model: { ...OPAQUE.model, intended: { state: 'absent' } },
  }
}
function withoutOutput(one: RecordCase): RecordCase {
  const { checks } = one.accept as { checks: Checks }
  return checks.output === 'notChecked' ? { ...one, output: undefined } : one
}

const response = (name: string, plan: Plan, given: Given = {}, checks: Checks = {}): RecordCase =>
  small({
    name: `response-${name}`,
    rule: DISCLOSED,
    plan,
    given,
    checks: { responseClosure: 'RECORD_INCONSISTENT', models: 'claimed', completion: 'claimed', ...checks },
  })
const outcome = (member: string, value: Value): Plan => ({
  predicate: { record: (whole) => edited(whole as Value, ['outcome', 'response', member], value) as Members },
})

const RESPONSES: readonly RecordCase[] = [
  response('of-another-digest', outcome('digest', 'ab'.repeat(32))),
  response('of-another-length', outcome('length', 208)),
  response('of-another-status', outcome('status', 201)),
  response('of-another-output', { outputs: { 0: 'No.' } }, { output: 'No.' }),
  response('with-an-output-more', { outputs: { 0: ANSWER, 1: 'No.' } }, { output: 'No.' }),
  response('with-its-output-under-another-choice', { outputs: { 1: ANSWER } }),
  response('without-its-output', { outputs: {} }, { output: null }, WITHOUT.output),
]

const OTHER_DOCUMENT = documentOf({}, { name: 'another' })
const OTHER_ID = 'ab'.repeat(32)
const [MODEL, PROMPT] = CONTENTS
const contents = (...list: readonly Value[]): Value => list
const withDeclaration = (document: Members, list: Value) => (file: Members) => ({
  ...file,
  declaration: { document: document as Value, contents: list },
})
const content = (
  name: string,
  list: Value,
  document: Members = documentOf(),
  plan: Plan = {},
  checks: Checks = {},
): RecordCase =>
  invalid({
    name: `contents-${name}`,
    rule: CONTENTS_RULE,
    plan,
    given: { disclosure: withDeclaration(document, list) },
    checks: { declarationContents: 'DECLARATION_MISMATCH', models: 'claimed', ...checks },
  })
const value = (one: (typeof CONTENTS)[number] | undefined, change: Members = {}): Value => ({
  ...(contentValue(one as (typeof CONTENTS)[number]) as Members),
  ...change,
})

const DECLARED: readonly RecordCase[] = [
  content('of-another-declaration', [], OTHER_DOCUMENT),
  content('that-are-not-what-is-fixed', contents(value(PROMPT, { value: 'Answer rudely.' }))),
  content('of-another-encoding', contents(value(MODEL, { encoding: 'json' }))),
  content('under-another-name', contents(value(PROMPT, { name: '1' }))),
  content('of-a-role-that-is-a-slot', contents(value(PROMPT, { role: 'input' }))),
  content('shown-twice', contents(value(PROMPT), value(PROMPT))),
  content(
    'of-a-private-document-that-was-published-otherwise',
    [],
    PRIVATE.document as Members,
    {
      ...PRIVATE,
      predicate: { declaration: (whole) => edited(whole as Value, ['declaration', 'name'], 'another') as Members },
    },
    { composition: 'claimed' },
  ),
  content(
    'of-a-private-document-that-has-another-id',
    [],
    PRIVATE.document as Members,
    {
      ...PRIVATE,
      statement: {
        declaration: (whole) => edited(whole as Value, ['subject', 0, 'digest', 'sha256'], OTHER_ID) as Members,
      },
      predicate: { binding: (whole) => edited(whole as Value, ['declaration', 'id'], OTHER_ID) as Members },
    },
    { composition: 'claimed' },
  ),
  small({
    name: 'contents-where-the-run-was-bound-to-none',
    rule: CONTENTS_RULE,
    given: { disclosure: withDeclaration(documentOf(), []) },
    checks: { declarationContents: 'DECLARATION_MISMATCH' },
  }),
]

const findings = KEPT['findings'] as readonly Members[]
const roles = KEPT['roles'] as Members
const compared = (name: string, composition: Members, more: Partial<Lie> = {}): RecordCase =>
  invalid({
    name: `composition-${name}`,
    rule: COMPOSITION,
    ...more,
    plan: { composition: { ...KEPT, ...composition }, ...more.plan },
    checks: { composition: 'COMPOSITION_MISMATCH', ...more.checks },
  })
const CLOSED: Partial<Lie> = {
  given: { disclosure: null },
  checks: { ...WITHOUT.disclosure, composition: 'COMPOSITION_MISMATCH' },
}

const PRIVATE_ROLES = PRIVATE.composition?.['roles'] as Members
/** The whole request is disclosed, and nothing of the declaration. */
const PRIVATE_CLOSED: Partial<Lie> = {
  plan: { document: PRIVATE.document as Members, model: PRIVATE.model as Members },
  given: { disclosure: withoutMember('declaration') },
  checks: { declarationContents: 'notChecked', models: 'claimed' },
}

const COMPOSITIONS: readonly RecordCase[] = [
  compared('kept-by-word-and-broken-in-fact', {}, { plan: { request: HOT.request as readonly PlainLeaf[] } }),
  compared('broken-by-word-and-kept-in-fact', HOT.composition as Members),
  compared('with-a-finding-left-out', { findings: findings.filter(({ name }) => name !== 'temperature') as Value }),
  compared('with-a-finding-more', { findings: [...findings, findings[0] as Value] as Value }),
  compared('with-findings-in-another-order', { findings: findings.toReversed() as Value }),
  compared('with-the-state-of-a-role-wrong', { roles: { ...roles, tools: { state: 'withheld' } } }),
  compared('with-a-model-that-is-withheld', { roles: { ...roles, model: { state: 'withheld' } } }),
  compared(
    'that-does-not-follow-from-its-findings',
    { findings: (HOT.composition as Members)['findings'] as Value },
    CLOSED,
  ),
  compared(
    'without-a-finding-for-a-role',
    { findings: findings.filter(({ role }) => role !== 'tools') as Value },
    CLOSED,
  ),
  compared('undeclared-of-a-run-that-is-declared', { findings: [], result: 'undeclared' }, CLOSED),
  compared(
    'with-the-state-of-a-role-wrong-in-private',
    { roles: { ...PRIVATE_ROLES, tools: { state: 'withheld' } } },
    PRIVATE_CLOSED,
  ),
  compared(
    'that-does-not-follow-from-its-findings-in-private',
    { roles: PRIVATE_ROLES, findings: (HOT.composition as Members)['findings'] as Value },
    PRIVATE_CLOSED,
  ),
  compared(
    'without-a-finding-for-a-role-in-private',
    { roles: PRIVATE_ROLES, findings: findings.filter(({ role }) => role !== 'tools') as Value },
    PRIVATE_CLOSED,
  ),
  small({
    name: 'composition-with-findings-of-a-run-that-is-not-declared',
    rule: COMPOSITION,
    plan: { composition: { ...UNDECLARED.composition, findings: [{ finding: 'match', role: 'tools' }] } },
    checks: { composition: 'COMPOSITION_MISMATCH' },
  }),
]

const named = (model: Members): Plan => ({ model: { ...MODELS, ...model } })
const models = (name: string, plan: Plan): RecordCase =>
  invalid({ name: `models-${name}`, rule: MODELS_RULE, plan, checks: { models: 'MODEL_MISMATCH' } })

const NAMES: readonly RecordCase[] = [
  models('with-another-intended', named({ intended: { state: 'present', value: 'huge' } })),
  models('with-another-requested', named({ requested: { state: 'present', value: 'huge' } })),
  models('with-another-responded', named({ responded: { state: 'present', value: 'tiny' } })),
  models('with-the-responded-left-out', named({ responded: { state: 'absent' } })),
  models('with-one-withheld-in-public', named({ requested: { state: 'withheld' } })),
  models('shown-in-private', { ...PRIVATE, ...named({}) }),
]

const ended = (name: string, plan: Plan, more: Partial<Lie> = {}): RecordCase =>
  small({
    name: `completion-${name}`,
    rule: COMPLETION,
    ...more,
    plan,
    checks: { completion: 'COMPLETION_MISMATCH', ...more.checks },
  })
const CUT: Plan = {
  response: CUT_PLAN.response as readonly PlainLeaf[],
  outputs: CUT_PLAN.outputs as Record<number, string>,
}
const CUT_GIVEN: Partial<Lie> = { given: { output: 'Certainly.' } }
const OPEN: Plan = {
  ...OPAQUE,
  document: null,
  composition: {
    ...OPAQUE.composition,
    findings: [],
    result: 'undeclared',
    roles: { ...(OPAQUE.composition?.['roles'] as Members), policy: { state: 'absent' } },
  },
}

/** An error in an answer whose status is none, and an answer without a choice. */
const FAILED: Plan = {
  response: [...RESPONSE.slice(0, 3), ...bodyOf([s('{"error":'), v('metadata', '/error', '{}'), s('}')])],
  outputs: {},
  model: { ...UNDECLARED.model, responded: { state: 'absent' } },
}
const ODD: Plan = {
  response: [...RESPONSE.slice(0, 3), ...bodyOf([s('{"model":'), v('model', '/model', '"tiny@1"'), s('}')])],
  outputs: {},
}
const NO_OUTPUT: Partial<Lie> = { given: { output: null }, checks: WITHOUT.output }

/** The completions that a shape does not allow. */
const impossible = (shape: string, completions: readonly string[], plan: Plan, more: Partial<Lie> = {}): RecordCase[] =>
  completions.map((completion) =>
    ended(`${completion.toLowerCase()}-of-an-answer-that-is-${shape}`, { ...plan, completion }, more),
  )

const ENDS: readonly RecordCase[] = [
  ...impossible('complete', ['clientAborted', 'upstreamCut', 'error', 'anomalous'], {}),
  ...impossible('cut', ['complete', 'error', 'anomalous'], CUT, CUT_GIVEN),
  ...impossible('an-error', ['complete', 'clientAborted', 'upstreamCut', 'anomalous'], FAILED, NO_OUTPUT),
  ...impossible('anomalous', ['complete', 'error'], ODD, NO_OUTPUT),
  ...impossible('opaque', ['error', 'anomalous'], OPEN, NO_OUTPUT),
]

export const DISCLOSED_BROKEN: readonly RecordCase[] = [
  ...OUTPUTS,
  ...FILES,
  ...CLOSURES,
  ...RESPONSES,
  ...DECLARED,
  ...COMPOSITIONS,
  ...NAMES,
  ...ENDS,
]

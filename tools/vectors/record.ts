/**
 * Vectors of `docs/spec/record.md`: statements by themselves. Expectations by hand.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { Members } from './declared.ts'
import { described } from './described.ts'
import { canonical, edited } from './document.ts'
import { KEPT } from './issued.ts'
import { statementKey } from './keys.ts'
import { base64Of } from './parts.ts'
import { type RecordInput, runRecord } from './run/record.ts'
import type { Case, Topic, Value } from './topic.ts'

const PREDICATE = 'docs/spec/record.md#the-predicate'
const SUBJECTS = 'docs/spec/record.md#subjects'
const MODELS = 'docs/spec/record.md#models'
const COMPLETION = 'docs/spec/record.md#completion'
const RECORDED = 'docs/spec/composition.md#in-the-record'

const KEY = statementKey(0x11)
const [MESSAGE, RUN, RESPONSE] = [Buffer.from('{}'), '73'.repeat(32), '0e'.repeat(32)]
/** Well formed; nobody verifies it here. */
const ENVELOPE = {
  payload: base64Of(MESSAGE),
  payloadType: 'application/vnd.in-toto+json',
  signatures: [{ sig: base64Of(KEY.sign(MESSAGE)) }],
}
const EMBEDDED = { envelope: ENVELOPE, publicKey: base64Of(KEY.publicKey) }
const WHOLE = {
  binding: { ...EMBEDDED, proof: 'any text' },
  composition: KEPT,
  declaration: { ...EMBEDDED, state: 'declared' },
  model: {
    intended: { state: 'present', value: 'tiny' },
    requested: { state: 'present', value: 'tiny' },
    responded: { state: 'present', value: 'tiny@1' },
  },
  outcome: {
    completion: 'complete',
    endedAt: '2026-01-01T00:00:02.000Z',
    response: {
      commitment: '2c'.repeat(32),
      dialect: 'openai-chat-completions/1',
      digest: RESPONSE,
      length: 209,
      state: 'received',
      status: 200,
    },
  },
} as unknown as Value

const subject = (name: string, sha256: string): Value => ({ digest: { sha256 }, name })
const OUTPUT = subject('output-0', 'd0'.repeat(32))
const LAST = [subject('response', RESPONSE), subject('run', RUN)]

interface Statement {
  readonly predicate?: Value
  readonly subjects?: readonly Value[]
  readonly members?: Members
}

const textOf = ({ predicate = WHOLE, subjects = [OUTPUT, ...LAST], members = {} }: Statement) =>
  described(
    canonical({
      _type: 'https://in-toto.io/Statement/v1',
      predicate,
      predicateType: 'https://colophon/run/v1',
      subject: subjects,
      ...members,
    }),
  )

type Path = readonly (string | number)[]

const read = (
  name: string,
  rule: string,
  statement: Statement,
  outputs: readonly number[] = [0],
): Case<RecordInput> => {
  return { name, rule, payloadText: textOf(statement), accept: { runId: RUN, outputs: [...outputs] } }
}
const refused = (rule: string, reject: ErrorCode) => ({
  statement: (name: string, statement: Statement): Case<RecordInput> => {
    return { name, rule, payloadText: textOf(statement), reject }
  },
  edit: (name: string, path: Path, value?: Value): Case<RecordInput> => {
    return { name, rule, payloadText: textOf({ predicate: edited(WHOLE, path, value) }), reject }
  },
  subjects: (name: string, ...subjects: readonly Value[]): Case<RecordInput> => {
    return { name, rule, payloadText: textOf({ subjects }), reject }
  },
})
const edit = (path: Path, value?: Value): Statement => ({ predicate: edited(WHOLE, path, value) })
const output = (choice: number | string): Value => subject(`output-${choice}`, 'd0'.repeat(32))
const role = (state: Value): Statement => edit(['composition', 'roles', 'tools'], state)
const finding = (members: Members): Statement =>
  edit(['composition', 'findings'], [{ role: 'tools', ...members } as Value])
const ENGINE = { facts: 'facts/1', name: 'engine', version: '1' }
const rulesOf = (...rules: readonly Value[]): Statement => edit(['composition', 'policy'], { engine: ENGINE, rules })
const PLACE = ['composition', 'findings', 0] as const
const RECEIVED = ['outcome', 'response'] as const

const statement = refused(PREDICATE, 'STATEMENT_MALFORMED')
const schema = refused(PREDICATE, 'SCHEMA_MISMATCH')
const subjects = refused(SUBJECTS, 'STATEMENT_MALFORMED')
const models = refused(MODELS, 'SCHEMA_MISMATCH')
const completion = refused(COMPLETION, 'SCHEMA_MISMATCH')
const recorded = refused(RECORDED, 'SCHEMA_MISMATCH')
const dsse = refused(PREDICATE, 'DSSE_MALFORMED')

const oneOf = (...values: readonly string[]) => ({ state: 'oneOf', values })

/** So many names, sorted. */
const numbered = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `m${String(index).padStart(2, '0')}`)

const READ: readonly Case<RecordInput>[] = [
  read('declared', PREDICATE, {}),
  read('undeclared', PREDICATE, edit(['declaration'], { state: 'undeclared' })),
  read('where-nothing-came', PREDICATE, { ...edit([...RECEIVED], { state: 'none' }), subjects: LAST.slice(1) }, []),
  read('without-outputs', SUBJECTS, { subjects: LAST }, []),
  read(
    'with-outputs-that-rise',
    SUBJECTS,
    { subjects: [output(0), output(2), output(10), output(999999), ...LAST] },
    [0, 2, 10, 999999],
  ),
  read('with-one-digest-for-two-outputs', SUBJECTS, { subjects: [output(0), output(1), ...LAST] }, [0, 1]),
  read('with-names-withheld', MODELS, edit(['model', 'intended'], { state: 'withheld' })),
  read('with-two-intended-models', MODELS, edit(['model', 'intended'], oneOf('a', 'b'))),
  read('with-32-intended-models', MODELS, edit(['model', 'intended'], oneOf(...numbered(32)))),
  read('with-names-that-cannot-be-told', MODELS, edit(['model', 'responded'], { state: 'unobservable' })),
  read('with-a-name-of-1024-characters', MODELS, edit(['model', 'requested', 'value'], 'x'.repeat(1024))),
  read('with-an-empty-name', MODELS, edit(['model', 'requested', 'value'], '')),
  read('with-a-status-of-999', PREDICATE, edit([...RECEIVED, 'status'], 999)),
  read('with-a-response-of-nothing', PREDICATE, edit([...RECEIVED, 'length'], 0)),
  read('with-a-reason-of-200-characters', RECORDED, role({ reason: 'x'.repeat(200), state: 'unobservable' })),
  read('with-findings-that-do-not-follow', RECORDED, edit(['composition', 'findings'], [])),
  read('with-a-finding-about-a-name-of-256', RECORDED, finding({ finding: 'missing', name: 'x'.repeat(256) })),
  read(
    'with-results-of-rules',
    RECORDED,
    rulesOf({ result: 'kept', rule: 'a' }, { result: 'notEvaluated', rule: 'b' }),
  ),
  read('with-no-rules-evaluated', RECORDED, rulesOf()),
  read('with-32-rules', RECORDED, rulesOf(...Array(32).fill({ result: 'violated', rule: 'x'.repeat(64) }))),
  read('of-a-request-that-was-refused', COMPLETION, edit(['outcome', 'completion'], 'refused')),
  read('with-undeclared-parts-counted', RECORDED, finding({ count: 1, finding: 'undeclared' })),
  read('with-missing-passages-counted', RECORDED, finding({ count: 1, finding: 'missing', role: 'context' })),
  read('with-truncated-passages-counted', RECORDED, finding({ count: 1, finding: 'mismatch', role: 'context' })),
  read('with-unlocated-passages-counted', RECORDED, finding({ count: 2, finding: 'unobservable', role: 'context' })),
]

const members = Object.keys(WHOLE as Members)

const REFUSED: readonly Case<RecordInput>[] = [
  statement.statement('of-another-type', { members: { _type: 'https://in-toto.io/Statement/v0.1' } }),
  statement.statement('of-another-version', { members: { predicateType: 'https://colophon/run/v2' } }),
  statement.statement('of-a-binding', { members: { predicateType: 'https://colophon/binding/v1' } }),
  statement.statement('with-an-unknown-member-of-the-statement', { members: { issuer: 'x' } }),
  ...members.map((name) => schema.edit(`without-${name}`, [name])),
  schema.edit('with-an-unknown-member', ['comment'], 'x'),
  schema.edit('with-an-unknown-member-of-the-binding', ['binding', 'state'], 'declared'),
  schema.edit('with-an-unknown-member-of-the-outcome', ['outcome', 'startedAt'], '2026-01-01T00:00:00.000Z'),
  schema.edit('with-a-null', ['outcome', 'completion'], null),
  schema.edit('without-a-proof', ['binding', 'proof']),
  schema.edit('with-a-proof-of-16385-characters', ['binding', 'proof'], 'x'.repeat(16385)),
  schema.edit('with-a-key-that-is-no-base64', ['binding', 'publicKey'], 'x'),
  schema.edit('undeclared-with-a-key', ['declaration'], { publicKey: EMBEDDED.publicKey, state: 'undeclared' }),
  schema.edit('declared-without-an-envelope', ['declaration', 'envelope']),
  schema.edit('declared-in-another-way', ['declaration', 'state'], 'claimed'),
  schema.edit('with-a-status-of-99', [...RECEIVED, 'status'], 99),
  schema.edit('with-a-status-of-1000', [...RECEIVED, 'status'], 1000),
  schema.edit('with-a-negative-length', [...RECEIVED, 'length'], -1),
  schema.edit('with-a-length-that-is-a-text', [...RECEIVED, 'length'], '209'),
  schema.edit('with-a-response-of-another-state', [...RECEIVED, 'state'], 'partial'),
  schema.edit('with-a-response-without-dialect', [...RECEIVED, 'dialect']),
  schema.edit('with-a-dialect-of-65-characters', [...RECEIVED, 'dialect'], 'x'.repeat(65)),
  schema.edit('with-a-short-commitment', [...RECEIVED, 'commitment'], '2c'),
  refused(PREDICATE, 'TIME_MALFORMED').edit('with-a-time-that-is-none', ['outcome', 'endedAt'], '2026-01-01T00:00:02Z'),
  completion.edit('with-a-completion-that-is-none', ['outcome', 'completion'], 'finished'),
  models.edit('without-the-responded-model', ['model', 'responded']),
  models.edit('with-a-fourth-model', ['model', 'used'], { state: 'absent' }),
  models.edit('with-a-name-of-1025-characters', ['model', 'requested', 'value'], 'x'.repeat(1025)),
  models.edit('with-a-name-that-is-not-there', ['model', 'requested', 'value']),
  models.edit('with-a-name-that-is-withheld-and-shown', ['model', 'requested', 'state'], 'withheld'),
  models.edit('with-one-of-one-intended-model', ['model', 'intended'], oneOf('a')),
  models.edit('with-one-of-no-intended-model', ['model', 'intended'], oneOf()),
  models.edit('with-an-intended-model-twice', ['model', 'intended'], oneOf('a', 'a')),
  models.edit('with-intended-models-not-sorted', ['model', 'intended'], oneOf('b', 'a')),
  models.edit('with-intended-models-sorted-by-code-point', ['model', 'intended'], oneOf('\ufb33', '\u{1f600}')),
  models.edit('with-33-intended-models', ['model', 'intended'], oneOf(...numbered(33))),
  models.edit('with-an-intended-model-of-1025', ['model', 'intended'], oneOf('a', 'x'.repeat(1025))),
  models.edit('with-an-intended-model-that-is-a-number', ['model', 'intended'], { state: 'oneOf', values: ['a', 1] }),
  models.edit('with-intended-models-and-a-value', ['model', 'intended'], { ...oneOf('a', 'b'), value: 'a' }),
  models.edit('with-one-of-two-requested-models', ['model', 'requested'], oneOf('a', 'b')),
  models.edit('with-an-intended-model-that-cannot-be-told', ['model', 'intended'], { state: 'unobservable' }),
  recorded.edit('without-a-role', ['composition', 'roles', 'tools']),
  recorded.edit('with-a-tenth-role', ['composition', 'roles', 'output'], { state: 'absent' }),
  recorded.edit('without-findings', ['composition', 'findings']),
  recorded.edit('with-a-result-that-is-none', ['composition', 'result'], 'claimed'),
  recorded.statement('with-a-role-that-is-fixed', role({ state: 'fixed' })),
  recorded.statement('with-a-role-absent-for-a-reason', role({ reason: 'x', state: 'absent' })),
  recorded.statement('with-a-role-unobservable-without-reason', role({ state: 'unobservable' })),
  recorded.statement('with-a-reason-of-201-characters', role({ reason: 'x'.repeat(201), state: 'unobservable' })),
  recorded.edit('with-a-finding-of-no-role', [...PLACE, 'role'], 'output'),
  recorded.edit('with-a-finding-of-no-kind', [...PLACE, 'finding'], 'ok'),
  recorded.edit('with-a-finding-and-its-detail', [...PLACE, 'detail'], '/model'),
  recorded.statement('undeclared-with-a-name', finding({ count: 1, finding: 'undeclared', name: 'x' })),
  recorded.statement('undeclared-without-count', finding({ finding: 'undeclared' })),
  recorded.statement('undeclared-with-a-count-of-0', finding({ count: 0, finding: 'undeclared' })),
  recorded.statement('matched-with-a-count', finding({ count: 1, finding: 'match' })),
  recorded.statement('matched-passages-with-a-count', finding({ count: 1, finding: 'match', role: 'context' })),
  recorded.statement('missing-tool-with-a-count', finding({ count: 1, finding: 'missing' })),
  recorded.statement('missing-passages-with-a-count-of-0', finding({ count: 0, finding: 'missing', role: 'context' })),
  recorded.statement(
    'missing-passages-with-a-name',
    finding({ count: 1, finding: 'missing', name: 'x', role: 'context' }),
  ),
  recorded.statement('with-a-finding-about-a-name-of-257', finding({ finding: 'missing', name: 'x'.repeat(257) })),
  recorded.statement('with-33-rules', rulesOf(...Array(33).fill({ result: 'kept', rule: 'a' }))),
  recorded.statement('with-a-result-of-no-kind', rulesOf({ result: 'broken', rule: 'a' })),
  recorded.statement('with-a-rule-without-result', rulesOf({ rule: 'a' })),
  recorded.statement('with-a-rule-and-its-words', rulesOf({ result: 'kept', rule: 'a', says: 'x' })),
  recorded.statement('with-a-rule-of-65-characters', rulesOf({ result: 'kept', rule: 'x'.repeat(65) })),
  recorded.edit('with-rules-without-an-engine', ['composition', 'policy'], { rules: [] }),
  recorded.edit('with-an-engine-without-facts', ['composition', 'policy'], {
    engine: { name: 'e', version: '1' },
    rules: [],
  }),
  recorded.edit('with-an-engine-of-101-characters', ['composition', 'policy'], {
    engine: { ...ENGINE, name: 'x'.repeat(101) },
    rules: [],
  }),
  recorded.edit('with-a-policy-of-null', ['composition', 'policy'], null),
  subjects.subjects('without-the-run', OUTPUT, LAST[0] as Value),
  subjects.subjects('without-the-response', OUTPUT, LAST[1] as Value),
  subjects.subjects('with-another-response', OUTPUT, subject('response', 'ab'.repeat(32)), LAST[1] as Value),
  subjects.subjects('with-a-subject-more', OUTPUT, ...LAST, subject('request', 'ab'.repeat(32))),
  subjects.subjects('with-the-run-first', LAST[1] as Value, OUTPUT, LAST[0] as Value),
  subjects.subjects('with-an-output-twice', OUTPUT, OUTPUT, ...LAST),
  subjects.subjects('with-outputs-that-fall', output(1), OUTPUT, ...LAST),
  subjects.subjects('with-outputs-sorted-as-texts', output(10), output(2), ...LAST),
  subjects.subjects('with-an-output-01', output('01'), ...LAST),
  subjects.subjects('with-an-output-of-seven-digits', output(1000000), ...LAST),
  subjects.subjects('with-an-output-without-number', output(''), ...LAST),
  subjects.statement('where-nothing-came-with-a-response', edit([...RECEIVED], { state: 'none' })),
  dsse.edit('with-a-key-id-in-an-envelope', ['binding', 'envelope', 'signatures', 0, 'keyid'], ''),
  dsse.edit('without-a-signature', ['binding', 'envelope', 'signatures'], []),
  dsse.edit(
    'with-two-signatures',
    ['binding', 'envelope', 'signatures'],
    [...ENVELOPE.signatures, ...ENVELOPE.signatures],
  ),
  dsse.edit('with-an-empty-payload', ['declaration', 'envelope', 'payload'], ''),
  refused(PREDICATE, 'SIGNATURE_MALFORMED').edit(
    'with-a-high-s',
    ['binding', 'envelope', 'signatures', 0, 'sig'],
    base64Of(KEY.sign(MESSAGE, 'high')),
  ),
  {
    name: 'that-is-not-canonical',
    rule: PREDICATE,
    payloadText: [textOf({}) as string, ' '],
    reject: 'STATEMENT_MALFORMED',
  },
]

export const record: Topic<RecordInput> = {
  topic: 'record',
  spec: 'docs/spec/record.md',
  about:
    'Record statements, `payloadText`: the `runId` and the choices of the `outputs` that the subjects name. Nothing is ' +
    'verified here; what the record says of the answer, and that it is of its binding, is for the topic records.',
  cases: [...READ, ...REFUSED],
  run: runRecord,
}

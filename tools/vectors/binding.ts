/**
 * Vectors of `docs/spec/binding.md`. Run ids by Node's own means; the rest by hand.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { Members } from './declared.ts'
import { described } from './described.ts'
import { canonical } from './document.ts'
import { sha256, tag } from './layout.ts'
import { type BindingInput as In, runBinding } from './run/binding.ts'
import type { Case, Topic, Value } from './topic.ts'

const PREDICATE_RULE = 'docs/spec/binding.md#the-predicate'
const ID_RULE = 'docs/spec/binding.md#the-run-id'

const COMMITMENT = 'e6'.repeat(32)
const DECLARATION = '17'.repeat(32)
const DECLARED = { id: DECLARATION, proof: 'a proof is any text here', state: 'declared' }
const GATEWAY = { point: 'gateway', received: 'same', software: 'example/1' }
const IN_PROCESS = { point: 'inProcess', signerControlsApplication: true, software: 'example/1' }
const NUMBERED = { number: 0, state: 'numbered', stream: '03'.repeat(16) }

const BINDING: Members = {
  boundAt: '2026-01-01T00:00:01.000Z',
  capture: IN_PROCESS,
  declaration: DECLARED,
  endpoint: 'https://api.example',
  issuer: '76'.repeat(32),
  nonce: '05'.repeat(32),
  request: { commitment: COMMITMENT, dialect: 'openai-chat-completions/1' },
  sequence: NUMBERED,
}
const REQUEST = { digest: { sha256: COMMITMENT }, name: 'request' }
const SUBJECTS = [REQUEST, { digest: { sha256: DECLARATION }, name: 'declaration' }]

function statementOf(changes: Members, members: Members = {}): string {
  const predicate = { ...BINDING, ...changes }
  const undeclared = (predicate['declaration'] as Members | undefined)?.['state'] === 'undeclared'
  return canonical({
    _type: 'https://in-toto.io/Statement/v1',
    predicate,
    predicateType: 'https://colophon/binding/v1',
    subject: undeclared ? [REQUEST] : SUBJECTS,
    ...members,
  } as Value)
}

/** `docs/spec/binding.md`, "The run id". */
export const plainRunId = (predicate: Members): string =>
  sha256(tag('colophon/run/v1'), Buffer.from(canonical(predicate as Value))).toString('hex')

const read = (name: string, changes: Members, rule = PREDICATE_RULE): Case<In> => {
  return {
    name,
    rule,
    payloadText: described(statementOf(changes)),
    accept: { runId: plainRunId({ ...BINDING, ...changes }) },
  }
}
const refuse = (reject: ErrorCode) => {
  return (name: string, changes: Members, members: Members = {}, rule = PREDICATE_RULE): Case<In> => {
    return { name, rule, payloadText: described(statementOf(changes, members)), reject }
  }
}
const mismatch = refuse('SCHEMA_MISMATCH')
const noTime = refuse('TIME_MALFORMED')
const statement = refuse('STATEMENT_MALFORMED')
const without = (name: string): Case<In> => mismatch(`without-${name.toLowerCase()}`, { [name]: undefined })
const capture = (name: string, value: Value): Case<In> =>
  mismatch(`capture-${name}`, { capture: value }, {}, 'docs/spec/binding.md#capture')
const sequence = (name: string, value: Value): Case<In> =>
  mismatch(`sequence-${name}`, { sequence: value }, {}, 'docs/spec/binding.md#sequence')
const REQUESTED = { commitment: COMMITMENT, dialect: 'opaque/1' }

const CASES: readonly Case<In>[] = [
  read('in-process', {}, ID_RULE),
  read('by-a-gateway', { capture: GATEWAY }, ID_RULE),
  read('undeclared', { declaration: { state: 'undeclared' } }),
  read('another-nonce-is-another-run', { nonce: '06'.repeat(32) }, ID_RULE),
  read('with-a-nonce-of-the-requester', { requesterNonce: 'aa'.repeat(32) }, ID_RULE),
  read('with-the-run-that-it-tries-again', { attemptOf: 'bb'.repeat(32) }),
  read('without-number', { sequence: { reason: 'a sink in memory', state: 'none' } }),
  read('number-2-to-the-53-less-1', { sequence: { ...NUMBERED, number: 9007199254740991 } }),
  read('dialect-that-nobody-knows', { request: { ...REQUESTED, dialect: 'x'.repeat(64) } }),
  read('endpoint-of-512-characters', { endpoint: 'x'.repeat(512) }),
  read('endpoint-that-is-empty', { endpoint: '' }),
  read('proof-of-16384-characters', { declaration: { ...DECLARED, proof: 'x'.repeat(16384) } }),
  read('software-of-200-characters', { capture: { ...GATEWAY, software: 'x'.repeat(200) } }),

  ...Object.keys(BINDING).map(without),
  mismatch('unknown-member', { output: 'x' }),
  mismatch('null-for-an-optional-member', { attemptOf: null }),
  mismatch('attempt-of-no-run', { attemptOf: 'bb'.repeat(31) }),
  mismatch('requester-nonce-in-uppercase', { requesterNonce: 'AA'.repeat(32) }),
  mismatch('requester-nonce-that-is-empty', { requesterNonce: '' }),
  mismatch('nonce-too-short', { nonce: '05'.repeat(31) }),
  mismatch('nonce-too-long', { nonce: '05'.repeat(33) }),
  mismatch('issuer-that-is-no-key-id', { issuer: 'Example issuer' }),
  mismatch('endpoint-of-513-characters', { endpoint: 'x'.repeat(513) }),
  mismatch('endpoint-that-is-a-list', { endpoint: ['https://api.example'] }),
  mismatch('bound-at-a-number', { boundAt: 1767225601000 }),
  noTime('bound-at-no-decimals', { boundAt: '2026-01-01T00:00:01Z' }),
  noTime('bound-at-an-offset', { boundAt: '2026-01-01T00:00:01.000+00:00' }),
  noTime('bound-at-a-day-that-is-none', { boundAt: '2026-02-29T00:00:01.000Z' }),
  mismatch('declaration-without-state', { declaration: { id: DECLARATION, proof: 'x' } }),
  mismatch('declaration-of-another-state', { declaration: { ...DECLARED, state: 'claimed' } }),
  mismatch('declaration-without-proof', { declaration: { id: DECLARATION, state: 'declared' } }),
  mismatch('declaration-without-id', { declaration: { proof: 'x', state: 'declared' } }),
  mismatch('declaration-with-a-member-more', { declaration: { ...DECLARED, name: 'x' } }),
  mismatch('proof-of-16385-characters', { declaration: { ...DECLARED, proof: 'x'.repeat(16385) } }),
  mismatch('undeclared-with-an-id', { declaration: { id: DECLARATION, state: 'undeclared' } }),
  mismatch('request-without-dialect', { request: { commitment: COMMITMENT } }),
  mismatch('request-without-commitment', { request: { dialect: 'opaque/1' } }, { subject: SUBJECTS }),
  mismatch('request-with-a-plain-digest', { request: { ...REQUESTED, digest: 'ab'.repeat(32) } }),
  mismatch('dialect-of-65-characters', { request: { ...REQUESTED, dialect: 'x'.repeat(65) } }),

  capture('at-another-point', { ...GATEWAY, point: 'host' }),
  capture('without-point', { received: 'same', software: 'x' }),
  capture('without-software', { point: 'gateway', received: 'same' }),
  capture('with-software-of-201-characters', { ...GATEWAY, software: 'x'.repeat(201) }),
  capture('by-a-gateway-that-received-something-else', { ...GATEWAY, received: 'other' }),
  capture('by-a-gateway-that-does-not-say-what-it-received', { point: 'gateway', software: 'x' }),
  capture('by-a-gateway-with-a-member-of-in-process', { ...GATEWAY, signerControlsApplication: true }),
  capture('in-process-that-the-signer-does-not-control', { ...IN_PROCESS, signerControlsApplication: false }),
  capture('in-process-that-does-not-say-who-controls', { point: 'inProcess', software: 'x' }),
  capture('in-process-with-a-text-for-true', { ...IN_PROCESS, signerControlsApplication: 'true' }),
  capture('in-process-with-a-member-of-a-gateway', { ...IN_PROCESS, received: 'same' }),

  sequence('of-another-state', { state: 'lost' }),
  sequence('without-stream', { number: 0, state: 'numbered' }),
  sequence('without-number', { state: 'numbered', stream: '03'.repeat(16) }),
  sequence('with-a-stream-of-15-bytes', { ...NUMBERED, stream: '03'.repeat(15) }),
  sequence('with-a-negative-number', { ...NUMBERED, number: -1 }),
  sequence('with-a-number-that-is-a-text', { ...NUMBERED, number: '0' }),
  sequence('with-the-number-2-to-the-53', { ...NUMBERED, number: 9007199254740992 }),
  sequence('none-without-reason', { state: 'none' }),
  sequence('none-with-a-reason-of-201-characters', { reason: 'x'.repeat(201), state: 'none' }),
  sequence('none-with-a-number', { number: 0, reason: 'x', state: 'none' }),

  statement('without-the-declaration-as-subject', {}, { subject: [REQUEST] }),
  statement('subjects-in-another-order', {}, { subject: SUBJECTS.toReversed() }),
  statement(
    'request-of-another-digest-as-subject',
    {},
    {
      subject: [{ ...REQUEST, digest: { sha256: 'ab'.repeat(32) } }, SUBJECTS[1] as Value],
    },
  ),
  statement(
    'declaration-of-another-digest-as-subject',
    {},
    {
      subject: [REQUEST, { digest: { sha256: 'ab'.repeat(32) }, name: 'declaration' }],
    },
  ),
  statement('a-third-subject', {}, { subject: [...SUBJECTS, { ...REQUEST, name: 'output-0' }] }),
  statement(
    'undeclared-with-the-declaration-as-subject',
    { declaration: { state: 'undeclared' } },
    { subject: SUBJECTS },
  ),
  statement('statement-of-a-run', {}, { predicateType: 'https://colophon/run/v1' }),
  statement('statement-of-another-version', {}, { predicateType: 'https://colophon/binding/v2' }),
  {
    name: 'payload-that-is-not-canonical',
    rule: PREDICATE_RULE,
    payloadText: statementOf({}).replace('"boundAt":', '"boundAt": '),
    reject: 'STATEMENT_MALFORMED',
  },
  {
    name: 'member-twice',
    rule: PREDICATE_RULE,
    payloadText: statementOf({}).replace('"nonce":', `"nonce":"${'07'.repeat(32)}","nonce":`),
    reject: 'STATEMENT_MALFORMED',
  },
]

export const binding: Topic<In> = {
  topic: 'binding',
  spec: 'docs/spec/binding.md',
  about:
    'Binding statements, `payloadText`, and the `runId` that follows from the predicate. Signatures, and whether a proof ' +
    'is one, are for the records.',
  cases: CASES,
  run: runBinding,
}

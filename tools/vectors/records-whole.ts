/**
 * Records that are what they should be, for `records.ts`: of every kind, with more and less given beside them.
 *
 * @module
 */
import type { PlainLeaf } from './committed.ts'
import { type Content, documentOf, type Members } from './declared.ts'
import { REQUEST, RESPONSE, shown } from './example-message.ts'
import { CONTENTS, contentValue, ISSUER, inOneLog, OTHER, type Plan } from './issued.ts'
import { LOG, noteKey, OTHER_WITNESS, signatureLine, WITNESS } from './notes.ts'
import { PlainLog } from './plain-log.ts'
import { HOT, MODEL_OF_JSON, NOT_JSON, ONLY_POLICY, OPAQUE, PRIVATE, TWO_MODELS, UNDECLARED } from './plans.ts'
import { ACCEPTED, type RecordCase, signerOf, WITHOUT, whole, withoutMember } from './record-case.ts'
import type { Value } from './topic.ts'

const DISCLOSED = 'docs/spec/verdicts.md#against-the-disclosure'
const POLICY = 'docs/spec/verdicts.md#against-the-trust-policy'
const SUBJECTS = 'docs/spec/record.md#subjects'

/** With these contents of the declaration. */
const showing =
  ({ document }: Plan, contents: readonly Content[]) =>
  (file: Members): Members => ({
    ...file,
    declaration: { document: document as Value, contents: contents.map(contentValue) },
  })

const GIVEN: readonly RecordCase[] = [
  whole('the-example', 'trusted kept 0'),
  whole('agreed-declaration', 'trusted kept 0', {
    rule: 'docs/spec/verdicts.md#what-the-verifier-asked-for',
    given: { agreed: ({ declarationId }) => declarationId },
    checks: { agreedDeclaration: 'pass' },
  }),
  whole('without-policy', 'valid kept 3', { given: { policy: null }, checks: WITHOUT.policy }),
  whole('without-output', 'trusted kept 0', { given: { output: null }, checks: WITHOUT.output }),
  whole('without-disclosure', 'trusted claimed 5', { given: { disclosure: null }, checks: WITHOUT.disclosure }),
  whole('without-disclosure-where-a-claim-is-enough', 'trusted claimed 0', {
    given: { disclosure: null, policy: ACCEPTED },
    checks: WITHOUT.disclosure,
  }),
  whole('record-alone', 'valid claimed 3', {
    given: { policy: null, output: null, disclosure: null },
    checks: { ...WITHOUT.policy, ...WITHOUT.output, ...WITHOUT.disclosure },
  }),
  whole('output-that-is-the-whole-response', 'trusted kept 0', {
    rule: SUBJECTS,
    given: { output: Buffer.concat(RESPONSE.slice(3).map(({ bytes }) => bytes)).toString() },
  }),
  whole('disclosure-of-the-request-only', 'trusted kept 0', {
    rule: DISCLOSED,
    given: { disclosure: withoutMember('response') },
    checks: { responseBytes: 'notChecked', responseClosure: 'claimed', models: 'claimed', completion: 'claimed' },
  }),
  whole('disclosure-of-the-response-only', 'trusted claimed 5', {
    rule: DISCLOSED,
    given: { disclosure: withoutMember('request') },
    checks: { requestBytes: 'notChecked', requestClosure: 'claimed', composition: 'claimed', models: 'claimed' },
  }),
  whole('disclosure-without-the-declaration', 'trusted kept 0', {
    rule: DISCLOSED,
    given: { disclosure: withoutMember('declaration') },
    checks: { declarationContents: 'notChecked', models: 'claimed' },
  }),
  whole('disclosure-of-nothing', 'trusted claimed 5', {
    rule: DISCLOSED,
    given: { disclosure: ({ format, runId }) => ({ format, runId }) },
    checks: WITHOUT.disclosure,
  }),
  whole('disclosure-with-a-leaf-of-the-request-closed', 'trusted claimed 5', {
    rule: DISCLOSED,
    given: { disclosure: (file) => ({ ...file, request: shown('request', REQUEST, (index) => index === 11) }) },
    checks: { requestClosure: 'claimed', composition: 'claimed', models: 'claimed' },
  }),
  whole('disclosure-with-a-leaf-of-the-response-closed', 'trusted kept 0', {
    rule: DISCLOSED,
    given: { disclosure: (file) => ({ ...file, response: shown('response', RESPONSE, (index) => index === 4) }) },
    checks: { responseClosure: 'claimed', models: 'claimed', completion: 'claimed' },
  }),
  whole('contents-only-in-part', 'trusted kept 0', {
    rule: 'docs/spec/disclosure.md#declaration',
    given: { disclosure: (file) => ({ ...file, declaration: { document: documentOf(), contents: [] } }) },
    checks: { models: 'claimed' },
  }),
  whole('contents-without-that-of-the-policy', 'trusted kept 0', {
    rule: DISCLOSED,
    given: { disclosure: showing({ document: documentOf() }, CONTENTS.slice(0, 3)) },
    checks: { models: 'claimed' },
  }),
]

const KINDS: readonly RecordCase[] = [
  whole('private', 'trusted kept 0', { plan: PRIVATE }),
  whole('private-without-the-declaration', 'trusted claimed 5', {
    plan: PRIVATE,
    given: { disclosure: withoutMember('declaration') },
    checks: { declarationContents: 'notChecked', composition: 'claimed', models: 'claimed' },
  }),
  whole('private-and-broken-in-fact-without-the-declaration', 'trusted claimed 5', {
    rule: 'docs/spec/composition.md#what-is-proven',
    plan: { ...PRIVATE, request: HOT.request as readonly PlainLeaf[] },
    given: { disclosure: withoutMember('declaration') },
    checks: { declarationContents: 'notChecked', composition: 'claimed', models: 'claimed' },
  }),
  whole('private-without-disclosure', 'trusted claimed 5', {
    plan: PRIVATE,
    given: { disclosure: null },
    checks: WITHOUT.disclosure,
  }),
  whole('undeclared', 'trusted undeclared 5', { plan: UNDECLARED, checks: WITHOUT.declaration }),
  whole('undeclared-without-disclosure', 'trusted undeclared 5', {
    plan: UNDECLARED,
    given: { disclosure: null },
    checks: { ...WITHOUT.declaration, ...WITHOUT.disclosure },
  }),
  whole('undeclared-where-a-claim-is-enough', 'trusted undeclared 5', {
    plan: UNDECLARED,
    given: { policy: ACCEPTED },
    checks: WITHOUT.declaration,
  }),
  whole('broken', 'trusted broken 5', { plan: HOT }),
  whole('broken-by-its-own-word', 'trusted broken 5', {
    plan: HOT,
    given: { disclosure: null, policy: ACCEPTED },
    checks: WITHOUT.disclosure,
  }),
  whole('two-models-declared', 'trusted broken 5', {
    rule: 'docs/spec/record.md#models',
    plan: TWO_MODELS,
    given: {
      disclosure: showing(TWO_MODELS, [
        ...CONTENTS.toReversed(),
        { role: 'model', name: 'also', encoding: 'text', valueText: 'other' },
      ]),
    },
  }),
  whole('model-declared-as-json', 'trusted broken 5', {
    rule: 'docs/spec/record.md#models',
    plan: MODEL_OF_JSON,
    given: {
      disclosure: showing(MODEL_OF_JSON, [
        { role: 'model', name: 'model', encoding: 'json', valueText: '{"name":"tiny"}' },
        ...CONTENTS.slice(1),
      ]),
    },
  }),
  whole('opaque-dialect', 'trusted kept 0', {
    plan: OPAQUE,
    given: { output: null, disclosure: ONLY_POLICY },
    checks: { ...WITHOUT.output, completion: 'claimed' },
  }),
  whole('opaque-body', 'trusted kept 0', { plan: NOT_JSON, given: { disclosure: ONLY_POLICY } }),
  whole('dialect-that-the-verifier-does-not-have-without-disclosure', 'trusted claimed 5', {
    rule: 'docs/spec/dialects.md#which-dialect',
    plan: { dialect: 'anthropic-messages/2' },
    given: { disclosure: null },
    checks: WITHOUT.disclosure,
  }),
  whole('by-a-gateway', 'trusted kept 0', {
    rule: 'docs/spec/binding.md#capture',
    plan: { bound: { capture: { point: 'gateway', received: 'same', software: 'example/1' } } },
  }),
  whole('with-every-optional-member', 'trusted kept 0', {
    rule: 'docs/spec/binding.md#the-predicate',
    plan: { bound: { attemptOf: 'bb'.repeat(32), requesterNonce: 'aa'.repeat(32) } },
  }),
  whole('without-number', 'trusted kept 0', {
    rule: 'docs/spec/binding.md#sequence',
    plan: { bound: { sequence: { reason: 'a sink in memory', state: 'none' } } },
  }),
]

const OTHER_LOG = noteKey({ name: '2026b.log.example', seed: 8 })
const both = { policy: { logs: [LOG.vkey, OTHER_LOG.vkey] } } as const
const BOTH_KEYS = { policy: { signers: [signerOf('Example issuer', ISSUER), signerOf('Other', OTHER)] } } as const
const lines = (text: string): string =>
  `${noteKey({ name: 'stranger.example', seed: 11 }).line(text)}${signatureLine('x', Buffer.alloc(4), Buffer.alloc(8))}`

const LOGS: readonly RecordCase[] = [
  whole('declared-by-another-key', 'trusted kept 0', {
    rule: POLICY,
    plan: { keys: { declaration: OTHER } },
    given: BOTH_KEYS,
  }),
  whole('in-a-log-of-many-entries', 'trusted kept 0', {
    rule: POLICY,
    plan: inOneLog(new PlainLog(LOG, { size: 299 })),
  }),
  whole('in-two-logs', 'trusted kept 0', {
    rule: POLICY,
    plan: { logs: { record: new PlainLog(OTHER_LOG, { size: 0 }) } },
    given: both,
  }),
  whole('in-a-log-of-its-own', 'trusted kept 0', {
    rule: POLICY,
    plan: { logs: { declaration: new PlainLog(OTHER_LOG, { size: 0 }) } },
    given: both,
  }),
  whole('under-checkpoints-with-lines-of-strangers', 'trusted kept 0', {
    rule: POLICY,
    plan: inOneLog(new PlainLog(LOG, { cosigners: [lines] })),
  }),
  whole('under-checkpoints-with-cosignatures', 'trusted kept 0', {
    rule: POLICY,
    plan: inOneLog(
      new PlainLog(LOG, {
        cosigners: [(text) => WITNESS.cosign(text, 1_767_225_605n) + OTHER_WITNESS.cosign(text, 1_767_225_606n)],
      }),
    ),
    given: { policy: { witnesses: [WITNESS.vkey] } },
  }),
]

export const WHOLE: readonly RecordCase[] = [...GIVEN, ...KINDS, ...LOGS]

/**
 * Vectors of `docs/spec/trust-policy.md`: the file. Expectations by hand.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { edited, memberPaths, slugOf } from './document.ts'
import { statementKey } from './keys.ts'
import { LOG, noteKey, OTHER_WITNESS, WITNESS } from './notes.ts'
import { base64Of, type Parts } from './parts.ts'
import { type TrustPolicyInput as In, OPERATIONS, runTrustPolicy } from './run/trust-policy.ts'
import type { Case, Topic, Value } from './topic.ts'
import { JUDGED } from './trust-validity.ts'

const FILE = 'docs/spec/trust-policy.md#the-file'
const VALIDITY = 'docs/spec/trust-policy.md#validity'

const [KEY, OTHER] = [statementKey(0x11), statementKey(0x22)]
const OTHER_LOG = noteKey({ name: '2026b.log.example', seed: 8 })
const [ID, OTHER_ID] = ['ab'.repeat(32), 'cd'.repeat(32)]

const SIGNER = { name: 'Example issuer', publicKey: base64Of(KEY.publicKey), valid: 'always' }
const POLICY = {
  format: 'colophon/trust-policy/v1',
  signers: [SIGNER],
  logs: [LOG.vkey],
  witnesses: [WITNESS.vkey],
  require: ['output'],
  acceptClaimed: false,
  captures: ['gateway'],
  declarations: [ID],
}
const TEXT = JSON.stringify(POLICY)
const READ = {
  signers: [{ name: SIGNER.name, keyId: createHash('sha256').update(KEY.publicKey).digest('hex'), valid: 'always' }],
  logs: [LOG.name],
  witnesses: [WITNESS.name],
  require: ['output'],
  acceptClaimed: false,
  captures: ['gateway'],
  declarations: [ID],
}

type Path = readonly (string | number)[]

const reads = (
  name: string,
  policyText: string,
  changed: Readonly<Record<string, Value>> = {},
  rule = FILE,
): Case<In> => ({
  name: `read-${name}`,
  rule,
  operation: 'read',
  policyText,
  accept: { ...READ, ...changed },
})
const readsEdit = (name: string, path: Path, value: Value, changed: Readonly<Record<string, Value>>): Case<In> =>
  reads(name, JSON.stringify(edited(POLICY, path, value)), changed)
const refuses = (name: string, policyText: Parts, rule = FILE): Case<In> => ({
  name: `read-${name}`,
  rule,
  operation: 'read',
  policyText,
  reject: 'TRUST_POLICY_MALFORMED',
})
const refusesEdit = (name: string, path: Path, value: Value, rule = FILE): Case<In> =>
  refuses(name, JSON.stringify(edited(POLICY, path, value)), rule)

const AT = { log: LOG.name, size: 5 }
const window = (from: Value, until: Value, because: Value = 'rotated'): Value => ({ from, until, because })
const readsValid = (name: string, valid: Value): Case<In> =>
  reads(
    `valid-${name}`,
    JSON.stringify(edited(POLICY, ['signers', 0, 'valid'], valid)),
    { signers: [{ ...READ.signers[0], valid }] },
    VALIDITY,
  )
const refusesValid = (name: string, valid: Value): Case<In> =>
  refusesEdit(`valid-${name}`, ['signers', 0, 'valid'], valid, VALIDITY)

const FILES: readonly Case<In>[] = [
  reads('as-it-is', TEXT),
  reads(
    'with-white-space-in-any-order',
    JSON.stringify(Object.fromEntries(Object.entries(POLICY).reverse()), undefined, 2),
  ),
  readsEdit('of-no-witness', ['witnesses'], [], { witnesses: [] }),
  readsEdit('that-requires-nothing', ['require'], [], { require: [] }),
  readsEdit('of-any-declaration', ['declarations'], 'any', { declarations: 'any' }),
  readsEdit('of-two-declarations', ['declarations'], [ID, OTHER_ID], { declarations: [ID, OTHER_ID] }),
  readsEdit(
    'of-everything-that-can-be-required',
    ['require'],
    ['output', 'completion', 'requestClosure', 'responseClosure', 'declarationContents', 'composition'],
    { require: ['output', 'completion', 'requestClosure', 'responseClosure', 'declarationContents', 'composition'] },
  ),
  ...memberPaths(POLICY).map((path) =>
    refuses(`${slugOf(path)}-missing`, JSON.stringify(edited(POLICY, path, undefined))),
  ),
  ...memberPaths(POLICY).map((path) => refuses(`${slugOf(path)}-null`, JSON.stringify(edited(POLICY, path, null)))),
  refusesEdit('member-unknown', ['more'], 1),
  refusesEdit('member-unknown-in-a-signer', ['signers', 0, 'more'], 1),
  refusesEdit('quorum', ['quorum'], 0),
  refusesEdit('format-v2', ['format'], 'colophon/trust-policy/v2'),
  refusesEdit('no-signer', ['signers'], []),
  refusesEdit('signer-twice', ['signers'], [SIGNER, SIGNER]),
  refusesEdit('signer-under-two-names', ['signers'], [SIGNER, { ...SIGNER, name: 'Another' }]),
  refusesEdit('signer-without-a-name', ['signers', 0, 'name'], ''),
  refusesEdit('signer-with-a-name-of-201-units', ['signers', 0, 'name'], 'n'.repeat(201)),
  refusesEdit('signer-with-a-key-of-another-form', ['signers', 0, 'publicKey'], base64Of(LOG.publicKey)),
  refusesEdit(
    'signer-with-a-key-as-pem',
    ['signers', 0, 'publicKey'],
    `-----BEGIN PUBLIC KEY-----\n${SIGNER.publicKey}`,
  ),
  refusesEdit('signer-with-a-key-not-on-the-curve', ['signers', 0, 'publicKey'], base64Of(OTHER.publicKey.with(90, 0))),
  refusesEdit('no-log', ['logs'], []),
  refusesEdit('log-twice', ['logs'], [LOG.vkey, LOG.vkey]),
  refusesEdit('two-logs-of-one-name', ['logs'], [LOG.vkey, noteKey({ name: LOG.name, seed: 8 }).vkey]),
  refusesEdit('log-with-a-key-of-a-witness', ['logs'], [OTHER_WITNESS.vkey]),
  refusesEdit('log-with-a-hash-of-another', ['logs'], [LOG.vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+')]),
  refusesEdit('log-as-a-name', ['logs'], [LOG.name]),
  refusesEdit('witness-with-a-key-of-a-log', ['witnesses'], [OTHER_LOG.vkey]),
  refusesEdit('witness-twice', ['witnesses'], [WITNESS.vkey, WITNESS.vkey]),
  refusesEdit(
    'two-witnesses-of-one-name',
    ['witnesses'],
    [WITNESS.vkey, noteKey({ name: WITNESS.name, seed: 10, type: 4 }).vkey],
  ),
  refusesEdit(
    'two-witnesses-of-one-key',
    ['witnesses'],
    [WITNESS.vkey, noteKey({ name: 'b.example', seed: 9, type: 4 }).vkey],
  ),
  refusesEdit(
    'witness-with-the-key-of-a-named-log',
    ['witnesses'],
    [noteKey({ name: 'b.example', seed: 7, type: 4 }).vkey],
  ),
  refusesEdit(
    'witness-with-the-name-of-a-named-log',
    ['witnesses'],
    [noteKey({ name: LOG.name, seed: 9, type: 4 }).vkey],
  ),
  refusesEdit('check-that-cannot-be-required', ['require'], ['signature']),
  refusesEdit('check-in-capitals', ['require'], ['Output']),
  refusesEdit('check-twice', ['require'], ['output', 'output']),
  refusesEdit('claims-accepted-as-a-text', ['acceptClaimed'], 'true'),
  refusesEdit('claims-accepted-as-a-number', ['acceptClaimed'], 0),
  refusesEdit('no-capture', ['captures'], []),
  refusesEdit('capture-unknown', ['captures'], ['host']),
  refusesEdit('capture-twice', ['captures'], ['gateway', 'gateway']),
  refusesEdit('no-declaration', ['declarations'], []),
  refusesEdit('declaration-any-in-a-list', ['declarations'], ['any']),
  refusesEdit('declaration-short', ['declarations'], ['ab']),
  refusesEdit('declaration-in-capitals', ['declarations'], [ID.toUpperCase()]),
  refusesEdit('declaration-twice', ['declarations'], [ID, ID]),
  refuses('member-twice', TEXT.replace('"acceptClaimed"', '"acceptClaimed":true,"acceptClaimed"')),
  refuses('comment', `// mine\n${TEXT}`),
  refuses('byte-order-mark', `\ufeff${TEXT}`),
  refuses('array', `[${TEXT}]`),
  refuses('empty', ''),
  refuses('larger-than-1-mib', [TEXT, { repeat: ' ', times: 1_048_576 }]),
]

const TIME = '2026-01-31T00:00:00.000Z'

const VALIDITIES: readonly Case<In>[] = [
  readsValid('until-a-size', window('any', AT, 'revoked')),
  readsValid('from-a-size-until-a-time', window(AT, { time: TIME })),
  readsValid('from-a-time', window({ time: TIME }, 'any')),
  readsValid('that-nothing-lies-in', window({ log: LOG.name, size: 5 }, { log: LOG.name, size: 0 })),
  refusesValid('never', 'never'),
  refusesValid('true', true),
  refusesValid('without-from', { until: AT, because: 'rotated' }),
  refusesValid('without-until', { from: AT, because: 'rotated' }),
  refusesValid('without-because', { from: 'any', until: AT }),
  refusesValid('with-an-unknown-member', { from: 'any', until: AT, because: 'rotated', more: 1 }),
  refusesValid('without-bounds', window('any', 'any')),
  refusesValid('revoked-without-an-end', window(AT, 'any', 'revoked')),
  refusesValid('for-another-reason', window('any', AT, 'expired')),
  refusesValid('until-null', window('any', null)),
  refusesValid('until-a-text', window('any', TIME)),
  refusesValid('until-a-time-of-another-form', window('any', { time: '2026-01-31T00:00:00Z' })),
  refusesValid('until-a-time-and-a-size', window('any', { time: TIME, ...AT })),
  refusesValid('until-a-log-without-a-size', window('any', { log: LOG.name })),
  refusesValid('until-a-size-without-a-log', window('any', { size: 5 })),
  refusesValid('until-a-size-as-a-text', window('any', { log: LOG.name, size: '5' })),
  refusesValid('until-a-negative-size', window('any', { log: LOG.name, size: -1 })),
  refusesValid('until-a-size-of-a-log-that-is-not-named', window('any', { log: OTHER_LOG.name, size: 5 })),
]

/** Of both logs, so that a bound may name either. */
const policyOf = (valid: Value): string =>
  JSON.stringify({ ...POLICY, signers: [{ ...SIGNER, valid }], logs: [LOG.vkey, OTHER_LOG.vkey] })

const JUDGEMENTS: readonly Case<In>[] = JUDGED.map(({ name, valid, place, reject }) => ({
  name: `judge-${name}`,
  rule: VALIDITY,
  operation: 'judge',
  policyText: policyOf(valid),
  place,
  ...(reject === undefined ? { accept: {} } : { reject }),
}))

export const trustPolicy: Topic<In> = {
  topic: 'trust-policy',
  spec: 'docs/spec/trust-policy.md',
  about: "The verifier's own file, and for which statements a key in it is believed.",
  operations: OPERATIONS,
  cases: [...FILES, ...VALIDITIES, ...JUDGEMENTS],
  run: runTrustPolicy,
}

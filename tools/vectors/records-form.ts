/**
 * Records whose container, log entry, signature or statement is not in order, for `records.ts`. All else about them is
 * made anew and valid.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { CheckId } from '../../src/core/verify/index.ts'
import type { Members } from './declared.ts'
import { edited } from './document.ts'
import { ISSUER, issue, OTHER, type Plan } from './issued.ts'
import { base64Of } from './parts.ts'
import { NOTHING, UNDECLARED } from './plans.ts'
import { type RecordCase, stopped } from './record-case.ts'
import { type Envelope, encodingOf, keyIdOf, PAYLOAD_TYPE, type Signing } from './signed.ts'
import type { Value } from './topic.ts'

const FORM = 'docs/spec/container.md#form'
const ENVELOPE = 'docs/spec/container.md#envelope'
const ENTRY = 'docs/spec/log-entry.md#the-entry'
const PREDICATE = 'docs/spec/record.md#the-predicate'
const COMPLETION = 'docs/spec/record.md#completion'
const RECORDED = 'docs/spec/composition.md#in-the-record'

/** Without a declaration records are smaller. */
const of = (plan: Plan): Plan => ({ ...UNDECLARED, ...plan })

const failing = (check: CheckId) => {
  return (rule: string, code: ErrorCode) =>
    (name: string, plan: Plan): RecordCase =>
      stopped({ name: `${check === 'logEntry' ? 'log-entry' : check}-${name}`, rule, plan: of(plan), check, code })
}

type Path = readonly (string | number)[]
const MATERIAL = ['verificationMaterial'] as const
const FIRST = [...MATERIAL, 'tlogEntries', 0] as const
const PROOF = [...FIRST, 'inclusionProof'] as const
const SIGNATURES = ['dsseEnvelope', 'signatures'] as const

const container = failing('container')(FORM, 'BUNDLE_MALFORMED')
const file = (name: string, change: (text: string) => string): RecordCase => container(name, { file: change })
const part = (name: string, path: Path, value: Value | undefined): RecordCase =>
  container(name, { container: (whole) => edited(whole as Value, path, value) as Members })
const unsupported = (name: string, path: Path, value: Value): RecordCase =>
  failing('container')(FORM, 'VERSION_UNSUPPORTED')(name, {
    container: (whole) => edited(whole as Value, path, value) as Members,
  })
const HIGH: Signing = { s: 'high' }

/** More of these are in `container.ts`. */
const CONTAINERS: readonly RecordCase[] = [
  file('of-nothing', () => ''),
  file('with-a-newline-after-it', (text) => `${text}\n`),
  file('with-a-space-inside', (text) => text.replace(':', ': ')),
  file('with-a-byte-order-mark', (text) => `\ufeff${text}`),
  file('with-a-member-twice', (text) => text.replace('"mediaType":', '"mediaType":"x","mediaType":')),
  file('with-members-in-another-order', (text) =>
    JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).toReversed())),
  ),
  part('with-an-unknown-member', ['comment'], 'x'),
  part('with-an-integrated-time', [...FIRST, 'integratedTime'], '1767225602'),
  part('with-another-index-in-the-proof', [...PROOF, 'logIndex'], '1'),
  part('with-a-tree-no-larger-than-the-index', [...PROOF, 'treeSize'], '2'),
  part(
    'with-64-hashes',
    [...PROOF, 'hashes'],
    Array.from({ length: 64 }, () => base64Of(Buffer.alloc(32))),
  ),
  part('without-a-signature', SIGNATURES, []),
  part('with-a-key-id-in-its-signature', [...SIGNATURES, 0, 'keyid'], ''),
  container('with-two-signatures', {
    container: (whole) => {
      const { signatures } = whole['dsseEnvelope'] as { signatures: Value[] }
      return edited(whole as Value, SIGNATURES, [...signatures, ...signatures]) as Members
    },
  }),
  container('with-two-log-entries', {
    container: (whole) => {
      const { tlogEntries } = whole['verificationMaterial'] as { tlogEntries: Value[] }
      return edited(whole as Value, [...MATERIAL, 'tlogEntries'], [...tlogEntries, ...tlogEntries]) as Members
    },
  }),
  file('with-a-root-hash-without-padding', (text) => text.replace(/("rootHash":"[^"]*)=/, '$1')),
  failing('container')(ENVELOPE, 'BUNDLE_MALFORMED')('with-a-high-s', { signing: { record: HIGH } }),
  unsupported('of-bundle-0-4', ['mediaType'], 'application/vnd.dev.sigstore.bundle.v0.4+json'),
  unsupported('of-entry-0-0-1', [...FIRST, 'kindVersion', 'version'], '0.0.1'),
]

const mismatch = failing('logEntry')(ENTRY, 'ENTRY_MISMATCH')
const badEntry = failing('logEntry')(ENTRY, 'ENTRY_MALFORMED')
/** The same run with another nonce: another record by the same key, in the same log. */
const ANOTHER = issue(of({ bound: { nonce: '06'.repeat(32) } }))
const anotherOne = JSON.parse(ANOTHER.record) as Members
const at = (value: Value, path: Path): Value => path.reduce((one, step) => (one as never)[step] as Value, value)
const swapped =
  (...paths: readonly Path[]) =>
  (whole: Members): Members =>
    paths.reduce<Value>((one, path) => edited(one, path, at(anotherOne as Value, path)), whole as Value) as Members
const entryText =
  (change: (text: string) => string) =>
  (whole: Members): Members => {
    const path = [...FIRST, 'canonicalizedBody']
    const text = Buffer.from(at(whole as Value, path) as string, 'base64').toString()
    return edited(whole as Value, path, base64Of(Buffer.from(change(text)))) as Members
  }

const ENTRIES: readonly RecordCase[] = [
  mismatch('of-another-record', { container: swapped([...FIRST, 'canonicalizedBody']) }),
  mismatch('of-another-record-with-its-proof', { container: swapped(FIRST) }),
  mismatch('with-the-payload-of-another-record', { container: swapped(['dsseEnvelope', 'payload']) }),
  mismatch('with-the-envelope-of-another-record', { container: swapped(['dsseEnvelope']) }),
  mismatch('with-the-signature-of-another-record', { container: swapped([...SIGNATURES, 0, 'sig']) }),
  mismatch('with-another-payload-type', {
    container: (whole) => edited(whole as Value, ['dsseEnvelope', 'payloadType'], 'text/plain') as Members,
  }),
  mismatch('with-the-hint-of-another-key', {
    container: (whole) => edited(whole as Value, [...MATERIAL, 'publicKey', 'hint'], keyIdOf(OTHER)) as Members,
  }),
  mismatch('with-the-key-of-another-signer', {
    container: entryText((text) => text.replace(base64Of(ISSUER.publicKey), base64Of(OTHER.publicKey))),
  }),
  badEntry('that-is-not-canonical', { container: entryText((text) => text.replace(':', ': ')) }),
  badEntry('with-an-unknown-member', { container: entryText((text) => text.replace('{', '{"a":1,')) }),
  badEntry('of-kind-dsse', { container: entryText((text) => text.replace('hashedrekord', 'dsse')) }),
  badEntry('of-another-version', { container: entryText((text) => text.replace('0.0.2', '0.0.1')) }),
]

const unsigned = failing('signature')(ENVELOPE, 'SIGNATURE_INVALID')
const signedOver = (name: string, signed: Required<Signing>['signed']): RecordCase =>
  unsigned(name, { signing: { record: { signed } } })

const SIGNATURES_OF: readonly RecordCase[] = [
  unsigned('by-another-key', { signing: { record: { shownKey: OTHER } } }),
  signedOver('over-the-payload-alone', (payload) => payload),
  signedOver('over-the-payload-in-base64', (payload) => encodingOf(PAYLOAD_TYPE, Buffer.from(base64Of(payload)))),
  signedOver('over-another-payload-type', (payload) => encodingOf('text/plain', payload)),
  signedOver('over-another-payload', () => encodingOf(PAYLOAD_TYPE, Buffer.from('{}'))),
  failing('signature')(ENVELOPE, 'STATEMENT_MALFORMED')('with-another-payload-type-that-is-signed', {
    signing: { record: { payloadType: 'application/json' } },
  }),
]

/** Of a run without a declaration where nothing came. */
const NO_MODELS: Members = {
  intended: { state: 'absent' },
  requested: { state: 'withheld' },
  responded: { state: 'absent' },
}

const statement = failing('statement')(PREDICATE, 'STATEMENT_MALFORMED')
const inconsistent = failing('statement')(COMPLETION, 'RECORD_INCONSISTENT')
const dsse = failing('statement')(ENVELOPE, 'DSSE_MALFORMED')
const edit = (path: Path, value: Value | undefined): Plan => ({
  predicate: { record: (predicate) => edited(predicate as Value, path, value) as Members },
})
const editStatement = (change: (whole: Members) => Members): Plan => ({ statement: { record: change } })
const signaturesOf = (change: (list: readonly Signature[]) => readonly Signature[]): Plan => ({
  signing: { binding: { envelope: (envelope) => ({ ...envelope, signatures: change(envelope.signatures) }) } },
})
type Signature = Envelope['signatures'][number]

/** More of these are in `record.ts`. */
const STATEMENTS: readonly RecordCase[] = [
  statement(
    'of-another-predicate-type',
    editStatement((whole) => ({ ...whole, predicateType: 'https://colophon/run/v2' })),
  ),
  statement('that-is-not-canonical', { payload: (text) => text.replace(':', ': ') }),
  statement('with-a-member-twice', {
    payload: (text) => text.replace('"completion":', '"completion":"error","completion":'),
  }),
  statement(
    'without-the-run',
    editStatement((whole) => ({ ...whole, subject: (whole['subject'] as Value[]).slice(0, -1) })),
  ),
  failing('statement')(PREDICATE, 'SCHEMA_MISMATCH')('with-an-unknown-member', edit(['comment'], 'x')),
  failing('statement')(RECORDED, 'SCHEMA_MISMATCH')(
    'without-a-role',
    edit(['composition', 'roles', 'tools'], undefined),
  ),
  failing('statement')(PREDICATE, 'TIME_MALFORMED')(
    'with-a-time-that-is-none',
    edit(['outcome', 'endedAt'], '2026-01-01'),
  ),
  dsse(
    'with-a-key-id-in-the-binding',
    signaturesOf((list) => list.map((one) => ({ ...one, keyid: '' }))),
  ),
  dsse(
    'with-two-signatures-of-the-binding',
    signaturesOf((list) => [...list, ...list]),
  ),
  failing('statement')('docs/spec/signature.md#statement-signatures', 'SIGNATURE_MALFORMED')(
    'with-a-high-s-of-the-binding',
    {
      signing: { binding: HIGH },
    },
  ),
  inconsistent('where-nothing-came-with-an-output', { ...NOTHING, model: NO_MODELS, outputs: { 0: 'x' } }),
  inconsistent('where-nothing-came-with-a-model-that-answered', { ...NOTHING, model: UNDECLARED.model as Members }),
  inconsistent('where-nothing-came-and-complete', { ...NOTHING, model: NO_MODELS, completion: 'complete' }),
  inconsistent('where-nothing-came-and-cut', { ...NOTHING, model: NO_MODELS, completion: 'upstreamCut' }),
  inconsistent('with-a-status-of-400-that-is-complete', edit(['outcome', 'response', 'status'], 400)),
]

export const FORM_BROKEN: readonly RecordCase[] = [...CONTAINERS, ...ENTRIES, ...SIGNATURES_OF, ...STATEMENTS]

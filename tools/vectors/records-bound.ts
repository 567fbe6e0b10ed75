/**
 * Records whose binding or declaration is not theirs, or not in order, for `records.ts`: one link is broken, and all else
 * is made anew and valid.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import { documentOf, idOf, type Members } from './declared.ts'
import { edited } from './document.ts'
import { ISSUER, type Issued, issue, OTHER, type Plan } from './issued.ts'
import { base64Of } from './parts.ts'
import { proofText } from './plain-log.ts'
import { UNDECLARED } from './plans.ts'
import { type RecordCase, stopped } from './record-case.ts'
import { encodingOf, keyIdOf, PAYLOAD_TYPE, type Signing } from './signed.ts'
import type { Value } from './topic.ts'

const BINDING = 'docs/spec/binding.md#what-a-verifier-checks'
const DECLARATION = 'docs/spec/declaration.md#the-statement'

/** Without a declaration records are smaller. */
const ofBinding =
  (code: ErrorCode) =>
  (name: string, plan: Plan): RecordCase =>
    stopped({ name: `binding-${name}`, rule: BINDING, plan: { ...UNDECLARED, ...plan }, check: 'binding', code })
const ofDeclaration =
  (code: ErrorCode) =>
  (name: string, plan: Plan): RecordCase =>
    stopped({ name: `declaration-${name}`, rule: DECLARATION, plan, check: 'declaration', code })

type Path = readonly (string | number)[]
const change = (kind: 'declaration' | 'binding' | 'record', path: Path, value?: Value): Plan => ({
  predicate: { [kind]: (predicate: Members) => edited(predicate as Value, path, value) as Members },
})

/** A binding as a record holds it. */
const bindingOf = ({ logged: { binding } }: Issued): Value => ({
  envelope: binding.envelope as unknown as Value,
  proof: proofText(binding.sequenced),
  publicKey: base64Of(binding.publicKey),
})
const ANOTHER = issue({ ...UNDECLARED, bound: { nonce: '06'.repeat(32) } })
const DECLARED = issue()

const overPayload: Signing = { signed: (payload) => payload }
const overOtherType: Signing = { signed: (payload) => encodingOf('text/plain', payload) }
const overOther: Signing = { signed: () => encodingOf(PAYLOAD_TYPE, Buffer.from('{}')) }

const invalid = ofBinding('SIGNATURE_INVALID')
const inconsistent = ofBinding('RECORD_INCONSISTENT')
const statement = ofBinding('STATEMENT_MALFORMED')

const BINDINGS: readonly RecordCase[] = [
  invalid('signed-by-another-key', {
    signing: { binding: { shownKey: ISSUER } },
    keys: { binding: OTHER },
    bound: { issuer: keyIdOf(ISSUER) },
  }),
  invalid('signed-over-its-payload-alone', { signing: { binding: overPayload } }),
  invalid('signed-over-another-payload-type', { signing: { binding: overOtherType } }),
  invalid('signed-over-another-payload', { signing: { binding: overOther } }),
  invalid('with-a-key-that-is-none', change('record', ['binding', 'publicKey'], base64Of(ISSUER.publicKey.slice(1)))),
  statement('of-another-payload-type', { signing: { binding: { payloadType: 'application/json' } } }),
  statement('that-is-a-declaration', {
    statement: { binding: (whole) => ({ ...whole, predicateType: 'https://colophon/declaration/v1' }) },
  }),
  statement('with-another-subject', {
    statement: {
      binding: (whole) => ({ ...whole, subject: [{ digest: { sha256: 'ab'.repeat(32) }, name: 'request' }] }),
    },
  }),
  ofBinding('SCHEMA_MISMATCH')('with-an-unknown-member', change('binding', ['comment'], 'x')),
  ofBinding('TIME_MALFORMED')('with-a-time-that-is-none', change('binding', ['boundAt'], '2026-01-01')),
  inconsistent('of-another-run', change('record', ['binding'], bindingOf(ANOTHER))),
  inconsistent('by-another-key-than-the-record', { keys: { binding: OTHER } }),
  inconsistent('whose-issuer-is-another-key', change('binding', ['issuer'], keyIdOf(OTHER))),
  inconsistent('declared-in-a-record-that-is-not', {
    ...change('record', ['binding'], bindingOf(DECLARED)),
    statement: {
      record: (whole) => edited(whole as Value, ['subject', 2, 'digest', 'sha256'], DECLARED.runId) as Members,
    },
  }),
  inconsistent('undeclared-in-a-record-that-is-declared', {
    ...change('record', ['declaration'], declarationOf(DECLARED)),
  }),
  inconsistent('with-another-dialect-than-the-response', { responseDialect: 'opaque/1' }),
]

/** The declaration that a record holds. */
function declarationOf({ logged: { record } }: Issued): Value {
  const payload = JSON.parse(Buffer.from(record.envelope.payload, 'base64').toString())
  return payload.predicate.declaration
}

const OTHER_DOCUMENT = documentOf({}, { name: 'another' })
const published = (document: Members): Plan => change('declaration', ['declaration'], document as Value)
const unsigned = ofDeclaration('SIGNATURE_INVALID')
const mismatch = ofDeclaration('DECLARATION_MISMATCH')
const notOne = ofDeclaration('STATEMENT_MALFORMED')
const PRIVATE = documentOf({}, { privacy: 'private' })
const roles = (change: Members): Members => ({ ...documentOf(), roles: { ...documentOf().roles, ...change } as Value })

const DECLARATIONS: readonly RecordCase[] = [
  unsigned('signed-by-another-key', { signing: { declaration: { shownKey: OTHER } } }),
  unsigned('signed-over-its-payload-alone', { signing: { declaration: overPayload } }),
  unsigned('signed-over-another-payload', { signing: { declaration: overOther } }),
  unsigned(
    'with-a-key-that-is-none',
    change('record', ['declaration', 'publicKey'], base64Of(ISSUER.publicKey.slice(1))),
  ),
  notOne('of-another-payload-type', { signing: { declaration: { payloadType: 'application/json' } } }),
  notOne('that-is-a-binding', {
    statement: { declaration: (whole) => ({ ...whole, predicateType: 'https://colophon/binding/v1' }) },
  }),
  mismatch('of-another-run', change('record', ['declaration'], declarationOf(issue({ document: OTHER_DOCUMENT })))),
  mismatch('whose-subject-is-another-id', {
    statement: {
      declaration: (whole) =>
        edited(whole as Value, ['subject', 0, 'digest', 'sha256'], idOf(OTHER_DOCUMENT)) as Members,
    },
  }),
  mismatch('that-is-public-and-has-another-id', published(OTHER_DOCUMENT)),
  ofDeclaration('SCHEMA_MISMATCH')('published-with-its-blind', { document: PRIVATE, ...published(PRIVATE) }),
  ofDeclaration('DECLARATION_ROLE_MISSING')('published-without-a-role', published(roles({ tools: undefined }))),
  ofDeclaration('DECLARATION_POLICY_MALFORMED')(
    'published-without-a-policy',
    published(roles({ policy: { state: 'any' } })),
  ),
  ofDeclaration('DECLARATION_MALFORMED')(
    'published-with-a-role-fixed-to-nothing',
    published(roles({ tools: { components: [], state: 'fixed' } })),
  ),
]

export const BOUND_BROKEN: readonly RecordCase[] = [...BINDINGS, ...DECLARATIONS]

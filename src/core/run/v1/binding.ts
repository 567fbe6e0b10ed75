/**
 * The binding: one declaration, these exact request bytes, this endpoint, this moment (`docs/spec/binding.md`).
 *
 * It is signed and durable before the first byte leaves. Its predicate's digest is the run id:
 *
 *     run id = SHA-256("colophon/run/v1\n" ‖ RFC 8785 form of the predicate)
 *
 * The predicate holds 32 random bytes, so that no run id can be guessed, and no plain digest of the request.
 *
 * @module
 */
import { ByteWriter, encodeHex } from '../../bytes/index.ts'
import { ColophonError } from '../../errors.ts'
import { sha256 } from '../../hash/index.ts'
import { formatStatement, parseStatement, type Subject } from '../../intoto/index.ts'
import { canonicalize, type ObjectReader, readObject } from '../../json/index.ts'
import { PREDICATE } from '../../predicate-types.ts'

/** Where the bytes were taken, and who holds the key there. */
export type Capture =
  /** `received: same`: the body went on exactly as the gateway received it. */
  | { readonly point: 'gateway'; readonly received: 'same'; readonly software: string }
  /** The application that is recorded holds the key; a trust policy may refuse that. */
  | { readonly point: 'inProcess'; readonly signerControlsApplication: true; readonly software: string }

export type BoundDeclaration =
  /** `proof`: the C2SP tlog-proof of the declaration statement, so that the declaration came first. */
  { readonly state: 'declared'; readonly id: string; readonly proof: string } | { readonly state: 'undeclared' }

export type Sequence =
  /** `stream`: hex, 16 random bytes, new at each start and after a number was lost; numbers go up by one from 0. */
  | { readonly state: 'numbered'; readonly stream: string; readonly number: number }
  | { readonly state: 'none'; readonly reason: string }

export interface Binding {
  /** The run that this one tries again. */
  readonly attemptOf?: string
  /** The issuer's clock; nobody else vouches for it. */
  readonly boundAt: string
  readonly capture: Capture
  readonly declaration: BoundDeclaration
  /** Scheme and authority of the upstream; the path is a leaf of the request. */
  readonly endpoint: string
  /** Key id (hex SHA-256 of the SubjectPublicKeyInfo) of the signer. */
  readonly issuer: string
  /** Hex, 32 random bytes of the issuer. */
  readonly nonce: string
  /** Hex, 32 bytes that the requester chose, who so knows that the run is fresh. */
  readonly requesterNonce?: string
  readonly request: { readonly commitment: string; readonly dialect: string }
  readonly sequence: Sequence
}

const RUN_ID_TAG = 'colophon/run/v1'

/** Lowercase hex, 32 bytes. */
export function runIdOf(binding: Binding): string {
  return encodeHex(sha256(new ByteWriter().tag(RUN_ID_TAG).raw(canonicalize(binding)).finish()))
}

/** @returns the DSSE payload */
export function formatBindingStatement(binding: Binding): Uint8Array {
  return formatStatement({
    predicateType: PREDICATE.binding,
    subjects: subjectsOf(binding),
    predicate: binding,
  })
}

function subjectsOf(binding: Binding): Subject[] {
  const request = { name: 'request', sha256: binding.request.commitment }
  if (binding.declaration.state === 'undeclared') return [request]
  return [request, { name: 'declaration', sha256: binding.declaration.id }]
}

/** Says nothing about the signature. @throws {ColophonError} STATEMENT_MALFORMED, SCHEMA_MISMATCH, TIME_MALFORMED */
export function parseBindingStatement(payload: Uint8Array): Binding {
  const { subjects, predicate } = parseStatement(payload, { predicateType: PREDICATE.binding })
  const reader = readObject(predicate, '/predicate')
  const binding: Binding = {
    ...(reader.has('attemptOf') ? { attemptOf: reader.hex('attemptOf', 32) } : {}),
    boundAt: reader.time('boundAt'),
    capture: readCapture(reader.object('capture')),
    declaration: readDeclaration(reader.object('declaration')),
    endpoint: reader.string('endpoint', { max: 512 }),
    issuer: reader.hex('issuer', 32),
    nonce: reader.hex('nonce', 32),
    ...(reader.has('requesterNonce') ? { requesterNonce: reader.hex('requesterNonce', 32) } : {}),
    request: readRequest(reader.object('request')),
    sequence: readSequence(reader.object('sequence')),
  }
  reader.end()
  requireSubjects(subjects, subjectsOf(binding))
  return binding
}

/** The subjects follow from the predicate; any others would be claims that nothing backs. */
export function requireSubjects(got: readonly Subject[], want: readonly Subject[]): void {
  const same =
    got.length === want.length &&
    want.every(({ name, sha256 }, index) => got[index]?.name === name && got[index]?.sha256 === sha256)
  if (!same) throw new ColophonError('STATEMENT_MALFORMED', 'subjects differ from the predicate', { at: '/subject' })
}

function readCapture(reader: ObjectReader): Capture {
  const point = reader.oneOf('point', ['gateway', 'inProcess'] as const)
  const software = reader.string('software', { max: 200 })
  if (point === 'gateway') {
    const received = reader.literal('received', 'same')
    reader.end()
    return { point, received, software }
  }
  if (!reader.boolean('signerControlsApplication')) {
    throw new ColophonError('SCHEMA_MISMATCH', 'in process, the signer controls the application', {
      at: '/predicate/capture/signerControlsApplication',
    })
  }
  reader.end()
  return { point, signerControlsApplication: true, software }
}

function readDeclaration(reader: ObjectReader): BoundDeclaration {
  const state = reader.oneOf('state', ['declared', 'undeclared'] as const)
  if (state === 'undeclared') {
    reader.end()
    return { state }
  }
  const declared = { state, id: reader.hex('id', 32), proof: reader.string('proof', { max: 16_384 }) }
  reader.end()
  return declared
}

function readRequest(reader: ObjectReader): Binding['request'] {
  const request = { commitment: reader.hex('commitment', 32), dialect: reader.string('dialect', { max: 64 }) }
  reader.end()
  return request
}

function readSequence(reader: ObjectReader): Sequence {
  const state = reader.oneOf('state', ['numbered', 'none'] as const)
  const sequence: Sequence =
    state === 'numbered'
      ? { state, stream: reader.hex('stream', 16), number: reader.integer('number') }
      : { state, reason: reader.string('reason', { max: 200 }) }
  reader.end()
  return sequence
}

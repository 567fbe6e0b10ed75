/**
 * The record by itself: is it the intact statement of the keys that it brings along (`docs/spec/verdicts.md`,
 * "The record by itself")? Says nothing about whether those keys are anybody's.
 *
 * Each part is verified as the bytes that were received, and then parsed from the very same bytes.
 *
 * @module
 */
import { type Bundle, parseBundle } from '../bundle/index.ts'
import { encodeHex, equalBytes } from '../bytes/index.ts'
import {
  type DeclarationStatement,
  declarationId,
  type Privacy,
  parseDeclarationStatement,
} from '../declaration/index.ts'
import { type Envelope, preAuthEncoding } from '../dsse/index.ts'
import { ColophonError } from '../errors.ts'
import type { Sha256 } from '../hash/index.ts'
import { type HashedRekord, parseEntry } from '../hashedrekord/index.ts'
import { PAYLOAD_TYPE } from '../intoto/index.ts'
import { type Binding, parseBindingStatement, parseRunStatement, type RunRecord, runIdOf } from '../run/index.ts'
import { keyId, type SignatureVerifier } from '../signature/index.ts'
import type { CheckSheet } from './check-sheet.ts'

/** A record whose parts are read. What of it holds stands on the sheet. */
export interface ReadRecord {
  readonly bundle: Bundle
  readonly entry: HashedRekord
  /** SHA-256 of the DSSE payload, hex. */
  readonly recordDigest: string
  readonly record: RunRecord
  readonly binding: Binding
  /** Undefined where the run was bound to none. */
  readonly declaration: DeclarationStatement | undefined
}

export interface Crypto {
  readonly verifier: SignatureVerifier
  readonly hash: Sha256
}

/** @returns undefined where one of the parts cannot be read or does not hold */
export async function readRecord(
  bytes: Uint8Array,
  sheet: CheckSheet,
  crypto: Crypto,
): Promise<ReadRecord | undefined> {
  const bundle = await sheet.attempt('container', 'A Sigstore bundle v0.3 in the one form that records have.', () =>
    parseBundle(bytes),
  )
  if (bundle === undefined) return undefined
  const entry = await sheet.attempt('logEntry', 'The log entry is of this very record, signature and key.', () =>
    readEntry(bundle, crypto),
  )
  if (entry === undefined) return undefined
  const { publicKey } = entry
  const signed = await sheet.attempt('signature', `The record is signed with the key ${keyId(publicKey)}.`, () =>
    requireSignature({ envelope: bundle.envelope, publicKey, crypto }),
  )
  if (signed === undefined) return undefined
  const record = await sheet.attempt('statement', 'A run statement, every role in exactly one state.', () =>
    readStatement(bundle.envelope.payload),
  )
  if (record === undefined) return undefined
  const binding = await sheet.attempt(
    'binding',
    'The signed binding inside the record has the run id, and is by the key that signed the record.',
    () => readBinding(record, publicKey, crypto),
  )
  if (binding === undefined) return undefined
  const recordDigest = encodeHex(crypto.hash(bundle.envelope.payload))
  const read = { bundle, entry, recordDigest, record, binding }
  if (binding.declaration.state === 'undeclared') {
    sheet.skip('declaration', 'The run was bound to no declaration.')
    return { ...read, declaration: undefined }
  }
  const { id } = binding.declaration
  const declaration = await readDeclaration(record, id, sheet, crypto)
  return declaration === undefined ? undefined : { ...read, declaration }
}

/** The entry repeats digest, signature and key of the envelope; a log entry of something else proves nothing. */
function readEntry({ envelope, entry, keyHint }: Bundle, { hash }: Crypto): HashedRekord {
  const read = parseEntry(entry.body)
  const same =
    equalBytes({ left: read.artifactDigest, right: hash(preAuthEncoding(envelope)) }) &&
    equalBytes({ left: read.signature, right: envelope.signature })
  if (!same) throw new ColophonError('ENTRY_MISMATCH', 'the log entry is of something else than this record')
  if (keyHint !== keyId(read.publicKey)) {
    throw new ColophonError('ENTRY_MISMATCH', 'the key hint is not that of the key in the log entry', {
      at: '/verificationMaterial/publicKey/hint',
    })
  }
  return read
}

/** @returns true @throws {ColophonError} SIGNATURE_INVALID, STATEMENT_MALFORMED (another payload type) */
async function requireSignature(input: {
  readonly envelope: Envelope
  readonly publicKey: Uint8Array
  readonly crypto: Crypto
}): Promise<true> {
  const { envelope, publicKey, crypto } = input
  if (envelope.payloadType !== PAYLOAD_TYPE) {
    throw new ColophonError('STATEMENT_MALFORMED', `the payload type is not ${PAYLOAD_TYPE}`)
  }
  const message = preAuthEncoding(envelope)
  const valid = await crypto.verifier.p256({ publicKey, signature: envelope.signature, message })
  if (valid !== true) {
    throw new ColophonError('SIGNATURE_INVALID', `the signature does not verify with the key ${keyId(publicKey)}`)
  }
  return true
}

/** What the record says of the answer has to follow from what it says of the response. */
function readStatement(payload: Uint8Array): RunRecord {
  const record = parseRunStatement(payload)
  const { outputs, model, outcome, composition } = record
  const { completion, response } = outcome
  const isRefused = completion === 'refused'
  if (isRefused && (composition.policy === undefined || composition.result !== 'broken')) {
    throw inconsistent('the record says that a policy refused the request, and of none that it would')
  }
  if (response.state === 'received') {
    if (isRefused) throw inconsistent('the record tells of a response to a request that was refused')
    if (response.status < 400 || completion === 'error') return record
    throw inconsistent('the response has the status of an error, and the record says that it is none')
  }
  const isNothing = outputs.length === 0 && model.responded.state === 'absent'
  if (isNothing && (isRefused || completion === 'error' || completion === 'clientAborted')) return record
  throw inconsistent('the record tells of an answer, and that there was none')
}

async function readBinding(record: RunRecord, recordKey: Uint8Array, crypto: Crypto): Promise<Binding> {
  const { envelope, publicKey } = record.binding
  await requireSignature({ envelope, publicKey, crypto })
  const binding = parseBindingStatement(envelope.payload)
  if (runIdOf(binding) !== record.runId) throw inconsistent('the record names another run than its binding')
  if (binding.issuer !== keyId(publicKey))
    throw inconsistent('the binding is signed with another key than its issuer’s')
  if (!equalBytes({ left: publicKey, right: recordKey })) throw inconsistent('binding and record have different keys')
  if (record.declaration.state !== binding.declaration.state) {
    throw inconsistent('binding and record differ on whether there is a declaration')
  }
  const { response } = record.outcome
  if (response.state === 'received' && response.dialect !== binding.request.dialect) {
    throw inconsistent('the response is read by another dialect than the request')
  }
  return binding
}

async function readDeclaration(
  { declaration }: RunRecord,
  boundId: string,
  sheet: CheckSheet,
  crypto: Crypto,
): Promise<DeclarationStatement | undefined> {
  if (declaration.state === 'undeclared') return undefined
  const read = async (): Promise<DeclarationStatement> => {
    const { envelope, publicKey } = declaration
    await requireSignature({ envelope, publicKey, crypto })
    const statement = parseDeclarationStatement(envelope.payload)
    if (statement.id !== boundId) {
      throw new ColophonError('DECLARATION_MISMATCH', 'the record holds another declaration than the run was bound to')
    }
    if (statement.declaration.privacy === 'public' && declarationId(statement.declaration) !== boundId) {
      throw new ColophonError('DECLARATION_MISMATCH', 'the declaration has another id than its statement says')
    }
    return statement
  }
  return sheet.attempt('declaration', ({ declaration: { privacy } }) => DECLARATION_REASONS[privacy](boundId), read)
}

const DECLARATION_REASONS: Readonly<Record<Privacy, (id: string) => string>> = {
  public: (id) => `The signed declaration inside the record is ${id}.`,
  private: (id) =>
    `The signed declaration inside the record says that it is ${id}; of a private one only a disclosure proves that.`,
}

const inconsistent = (message: string): ColophonError => new ColophonError('RECORD_INCONSISTENT', message)

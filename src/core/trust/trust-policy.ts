/**
 * The trust policy: the verifier's own file that says whom it believes (`docs/spec/trust-policy.md`).
 *
 * A record never brings its own trust. The file is JSON, strict, and every member that is listed here is required, so
 * that nothing is believed by omission. It is trust: whoever can change it decides what is believed.
 *
 * @module
 */
import { asFormat } from '../as-format.ts'
import { encodeBase64, encodeUtf8 } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { type Located, mismatch, type ObjectReader, parseJson, readObject } from '../json/index.ts'
import { formatVerifierKey, parseVerifierKey, SIGNATURE_TYPE, type VerifierKey } from '../note/index.ts'
import { keyId, parseP256Spki } from '../signature/index.ts'

/** A key that may sign declarations, bindings and records. */
export interface TrustedSigner {
  /** What reports call it. 1 to 200 characters. */
  readonly name: string
  /** SubjectPublicKeyInfo, DER, P-256. */
  readonly publicKey: Uint8Array
  /** Lowercase hex SHA-256 of `publicKey`. */
  readonly keyId: string
}

/** Checks that a policy can require beyond those that authenticity always needs. */
export const REQUIRABLE_CHECKS = [
  'output',
  'completion',
  'requestClosure',
  'responseClosure',
  'declarationContents',
  'composition',
] as const

export type RequirableCheck = (typeof REQUIRABLE_CHECKS)[number]

export const CAPTURE_POINTS = ['gateway', 'inProcess'] as const

export interface TrustPolicy {
  /** 1 or more, each key once. */
  readonly signers: readonly TrustedSigner[]
  /** Ed25519 keys of logs in C2SP vkey form; 1 or more, each once. */
  readonly logs: readonly VerifierKey[]
  /** Checks that must pass; a claim is enough where `acceptClaimed`. */
  readonly require: readonly RequirableCheck[]
  /** Whether the issuer's word is enough where nothing proves it. */
  readonly acceptClaimed: boolean
  /** Capture points that are accepted; 1 or more. */
  readonly captures: readonly (typeof CAPTURE_POINTS)[number][]
  /** Ids of the declarations that are accepted, or `any`. */
  readonly declarations: readonly string[] | 'any'
}

const FORMAT = 'colophon/trust-policy/v1'
const MEMBERS = ['format', 'signers', 'logs', 'require', 'acceptClaimed', 'captures', 'declarations']
const SIGNER_MEMBERS = ['name', 'publicKey']
const MAX_BYTES = 1 << 20
const MAX_ITEMS = 1_000

/** @throws {ColophonError} TRUST_POLICY_MALFORMED */
export function parseTrustPolicy(bytes: Uint8Array): TrustPolicy {
  return asFormat({ code: 'TRUST_POLICY_MALFORMED' }, () => {
    const reader = readObject(parseJson(bytes, { maxBytes: MAX_BYTES }), '')
    // Of another version it would mislead to say anything else.
    if (reader.has('format')) reader.literal('format', FORMAT)
    requireKnown(reader, MEMBERS)
    reader.literal('format', FORMAT)
    const policy: TrustPolicy = {
      signers: atLeastOne(reader, 'signers').map(readSigner),
      logs: atLeastOne(reader, 'logs').map(readLog),
      require: reader.array('require', { max: MAX_ITEMS }).map((item) => choice(item, REQUIRABLE_CHECKS)),
      acceptClaimed: reader.boolean('acceptClaimed'),
      captures: atLeastOne(reader, 'captures').map((item) => choice(item, CAPTURE_POINTS)),
      declarations: readDeclarations(reader),
    }
    requireDistinct(
      policy.signers.map(({ keyId }) => keyId),
      '/signers',
    )
    requireDistinct(policy.logs.map(formatVerifierKey), '/logs')
    requireDistinct(
      policy.logs.map(({ name }) => name),
      '/logs',
    )
    requireDistinct(policy.require, '/require')
    requireDistinct(policy.captures, '/captures')
    if (policy.declarations !== 'any') requireDistinct(policy.declarations, '/declarations')
    return policy
  })
}

/** Readable JSON with a final newline: `parseTrustPolicy` gives it back. */
export function formatTrustPolicy(policy: TrustPolicy): Uint8Array {
  const value = {
    format: FORMAT,
    signers: policy.signers.map(({ name, publicKey }) => ({ name, publicKey: encodeBase64(publicKey) })),
    logs: policy.logs.map(formatVerifierKey),
    require: policy.require,
    acceptClaimed: policy.acceptClaimed,
    captures: policy.captures,
    declarations: policy.declarations,
  }
  return encodeUtf8(`${JSON.stringify(value, undefined, 2)}\n`)
}

function readSigner({ value, at }: Located): TrustedSigner {
  const reader = readObject(value, at)
  requireKnown(reader, SIGNER_MEMBERS)
  const name = reader.string('name', { max: 200 })
  if (name === '') throw malformed('a signer needs a name', `${at}/name`)
  const publicKey = reader.base64('publicKey')
  placed(`${at}/publicKey`, () => parseP256Spki(publicKey))
  return { name, publicKey, keyId: keyId(publicKey) }
}

function readLog({ value, at }: Located): VerifierKey {
  if (typeof value !== 'string') throw mismatch({ value, at }, 'a log key: NAME+HASH+KEY')
  const key = placed(at, () => parseVerifierKey(value))
  if (key.type !== SIGNATURE_TYPE.ed25519) throw malformed('want the key of a log (Ed25519), got a witness key', at)
  return key
}

function readDeclarations(reader: ObjectReader): readonly string[] | 'any' {
  if (reader.value('declarations') === 'any') return 'any'
  return atLeastOne(reader, 'declarations').map(({ value, at }) => {
    if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return value
    throw malformed('want a declaration id: 64 hexadecimal digits', at)
  })
}

function choice<const T extends readonly string[]>({ value, at }: Located, choices: T): T[number] {
  const found = choices.find((one) => one === value)
  if (found === undefined) throw malformed(`want one of ${choices.join(', ')}`, at)
  return found
}

function atLeastOne(reader: ObjectReader, name: string): Located[] {
  const items = reader.array(name, { max: MAX_ITEMS })
  if (items.length === 0) throw malformed('want at least one', `/${name}`)
  return items
}

function requireDistinct(texts: readonly string[], at: string): void {
  if (new Set(texts).size !== texts.length) throw malformed('the same one stands there twice', at)
}

/** Said first, since a misspelt member is missing, too, and its name tells more. */
function requireKnown(reader: ObjectReader, names: readonly string[]): void {
  const unknown = reader.members().find(({ name }) => !names.includes(name))
  if (unknown !== undefined) throw malformed(`an unknown member, want ${names.join(', ')}`, unknown.at)
}

/** What `parse` gives; its errors know nothing of the file. */
function placed<T>(at: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (!ColophonError.is(error)) throw error
    throw new ColophonError('TRUST_POLICY_MALFORMED', error.message, { at, cause: error })
  }
}

const malformed = (message: string, at: string): ColophonError =>
  new ColophonError('TRUST_POLICY_MALFORMED', message, { at })

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
import { type Located, mismatch, type ObjectReader, parseJson, readObject } from '../json/index.ts'
import { formatVerifierKey, parseVerifierKey, SIGNATURE_TYPE, type VerifierKey } from '../note/index.ts'
import { malformed, placed, requireDistinct, requireKnown } from './policy-member.ts'
import { readSigner, signerValue, type TrustedSigner } from './trusted-signer.ts'
import { logsOf } from './validity.ts'

/** Checks that a policy can require beyond those that authenticity always needs. */
export const REQUIRABLE_CHECKS = [
  'output',
  'completion',
  'requestClosure',
  'responseClosure',
  'declarationContents',
  'composition',
  'policy',
] as const

export type RequirableCheck = (typeof REQUIRABLE_CHECKS)[number]

export const CAPTURE_POINTS = ['gateway', 'inProcess'] as const

export interface TrustPolicy {
  /** 1 or more, each key once. */
  readonly signers: readonly TrustedSigner[]
  /** Ed25519 keys of logs in C2SP vkey form; 1 or more, each once. */
  readonly logs: readonly VerifierKey[]
  /** Cosignature keys of witnesses: whose word on the time is believed. Each name and key once, and none a log's. */
  readonly witnesses: readonly VerifierKey[]
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
const MEMBERS = ['format', 'signers', 'logs', 'witnesses', 'require', 'acceptClaimed', 'captures', 'declarations']
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
      logs: atLeastOne(reader, 'logs').map((item) => readKey(item, 'log')),
      witnesses: reader.array('witnesses', { max: MAX_ITEMS }).map((item) => readKey(item, 'witness')),
      require: reader.array('require', { max: MAX_ITEMS }).map((item) => choice(item, REQUIRABLE_CHECKS)),
      acceptClaimed: reader.boolean('acceptClaimed'),
      captures: atLeastOne(reader, 'captures').map((item) => choice(item, CAPTURE_POINTS)),
      declarations: readDeclarations(reader),
    }
    requireConsistent(policy)
    return policy
  })
}

/** Readable JSON with a final newline: `parseTrustPolicy` gives it back. */
export function formatTrustPolicy(policy: TrustPolicy): Uint8Array {
  const value = {
    format: FORMAT,
    signers: policy.signers.map(signerValue),
    logs: policy.logs.map(formatVerifierKey),
    witnesses: policy.witnesses.map(formatVerifierKey),
    require: policy.require,
    acceptClaimed: policy.acceptClaimed,
    captures: policy.captures,
    declarations: policy.declarations,
  }
  return encodeUtf8(`${JSON.stringify(value, undefined, 2)}\n`)
}

/**
 * Nothing twice, and nothing for two things: one key behind two names would be counted as two, and a log that vouches
 * for its own time is no witness.
 */
function requireConsistent({ signers, logs, witnesses, require, captures, declarations }: TrustPolicy): void {
  requireDistinct(
    signers.map(({ keyId }) => keyId),
    '/signers',
  )
  const [logNames, witnessNames] = [logs, witnesses].map((keys) => keys.map(({ name }) => name)) as [string[], string[]]
  requireDistinct(logs.map(formatVerifierKey), '/logs')
  requireDistinct(logNames, '/logs')
  requireDistinct(witnessNames, '/witnesses')
  requireDistinct(witnesses.map(publicKeyOf), '/witnesses')
  const logKeys = logs.map(publicKeyOf)
  for (const [index, witness] of witnesses.entries()) {
    if (logKeys.includes(publicKeyOf(witness)) || logNames.includes(witness.name)) {
      throw malformed('the name or the key is a log’s, too', `/witnesses/${index}`)
    }
  }
  for (const [index, { valid }] of signers.entries()) {
    if (logsOf(valid).some((origin) => !logNames.includes(origin))) {
      throw malformed('a bound names a log that the policy does not name', `/signers/${index}/valid`)
    }
  }
  requireDistinct(require, '/require')
  requireDistinct(captures, '/captures')
  if (declarations !== 'any') requireDistinct(declarations, '/declarations')
}

const publicKeyOf = ({ publicKey }: VerifierKey): string => encodeBase64(publicKey)

const KEYS = {
  log: { type: SIGNATURE_TYPE.ed25519, kind: 'the key of a log (Ed25519, type 1)' },
  witness: { type: SIGNATURE_TYPE.cosignature, kind: 'the key of a witness (cosignature, type 4)' },
} as const

function readKey({ value, at }: Located, whose: keyof typeof KEYS): VerifierKey {
  if (typeof value !== 'string') throw mismatch({ value, at }, `a ${whose} key: NAME+HASH+KEY`)
  const key = placed(at, () => parseVerifierKey(value))
  const other = whose === 'log' ? 'witness' : 'log'
  if (key.type !== KEYS[whose].type) throw malformed(`want ${KEYS[whose].kind}, got ${KEYS[other].kind}`, at)
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

/**
 * Keys of signed notes and their identifiers: C2SP signed-note, "Signatures", and tlog-cosignature, "Format".
 *
 *     vkey      NAME + HEX(4-byte key hash) + BASE64(type byte || public key), joined by plus signs
 *     key id    SHA-256(NAME || 0x0a || type byte || public key), 32 bytes
 *     key hash  the first 4 bytes of the key id
 *
 * The key hash identifies, it does not authenticate: anyone can make a key with a given hash. The 32-byte key id is what
 * Sigstore bundles and trusted roots name a log by.
 *
 * @module
 */
import { concatBytes, decodeBase64, encodeBase64, encodeHex, encodeUtf8, equalBytes } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { sha256 } from '../hash/index.ts'
import { KEY_HASH_SIZE } from './note.ts'
import { isKeyName } from './note-text.ts'

/** Signature types that this software verifies. */
export const SIGNATURE_TYPE = {
  /** Ed25519 over the note's text. */
  ed25519: 0x01,
  /** Timestamped Ed25519 cosignature of a witness, C2SP tlog-cosignature v1. */
  cosignature: 0x04,
} as const

export type SignatureType = (typeof SIGNATURE_TYPE)[keyof typeof SIGNATURE_TYPE]

const PUBLIC_KEY_SIZE = 32
const MAX_VERIFIER_KEY_LENGTH = 1024

/** What makes up a key's identity. */
export interface NoteKey {
  readonly name: string
  readonly type: SignatureType
  readonly publicKey: Uint8Array // 32 bytes, RFC 8032
}

/** A key that a caller trusts to verify notes. Comes from a trust policy, never from a note. */
export interface VerifierKey extends NoteKey {
  readonly keyHash: Uint8Array // 4 bytes
}

function malformed(message: string, cause?: unknown): ColophonError {
  return new ColophonError('KEY_MALFORMED', message, { cause })
}

/**
 * The whole key id, 32 bytes.
 *
 * @throws {RangeError} a name that is no key name, a public key that is not 32 bytes
 */
export function fullKeyId({ name, type, publicKey }: NoteKey): Uint8Array {
  if (!isKeyName(name)) throw new RangeError('name: want no space, no plus and no control character')
  if (publicKey.length !== PUBLIC_KEY_SIZE) {
    throw new RangeError(`publicKey: got ${publicKey.length} bytes, want ${PUBLIC_KEY_SIZE}`)
  }
  return sha256(concatBytes(encodeUtf8(`${name}\n`), Uint8Array.of(type), publicKey))
}

/** The key hash, 4 bytes. Throws as `fullKeyId`. */
export function keyHash(key: NoteKey): Uint8Array {
  return fullKeyId(key).slice(0, KEY_HASH_SIZE)
}

/**
 * Reads a vkey such as `example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k`.
 *
 * @throws {ColophonError} KEY_MALFORMED  another form, a type that is neither 0x01 nor 0x04, a hash that does not fit
 */
export function parseVerifierKey(text: string): VerifierKey {
  if (text.length > MAX_VERIFIER_KEY_LENGTH) throw malformed(`key has ${text.length} characters, want at most 1024`)
  // Names and hexadecimal have no plus; base64 may.
  const [name, hash, ...encoded] = text.split('+')
  if (name === undefined || hash === undefined || encoded.length === 0) {
    throw malformed('got another form, want NAME+HASH+KEY')
  }
  if (!isKeyName(name)) throw malformed('key name is empty or has a space or a control character')
  let bytes: Uint8Array
  try {
    bytes = decodeBase64(encoded.join('+'))
  } catch (cause) {
    throw malformed('public key is not canonical base64', cause)
  }
  const type = Object.values(SIGNATURE_TYPE).find((known) => known === bytes[0])
  if (type === undefined) throw malformed(`key has type ${bytes[0]}, want 1 (Ed25519) or 4 (cosignature)`)
  if (bytes.length !== 1 + PUBLIC_KEY_SIZE) {
    throw malformed(`public key has ${bytes.length - 1} bytes, want ${PUBLIC_KEY_SIZE}`)
  }
  const key = { name, type, publicKey: bytes.slice(1) }
  const want = keyHash(key)
  if (hash !== encodeHex(want)) throw malformed(`key hash is not that of the key, want ${encodeHex(want)}`)
  return { ...key, keyHash: want }
}

/** Text of a verifier key: `formatVerifierKey(parseVerifierKey(x)) === x`. Throws as `fullKeyId`. */
export function formatVerifierKey(key: NoteKey): string {
  return `${key.name}+${encodeHex(keyHash(key))}+${encodeBase64(concatBytes(Uint8Array.of(key.type), key.publicKey))}`
}

/** Whether two keys are the same: name, type and public key. */
export function sameKey({ left, right }: { readonly left: NoteKey; readonly right: NoteKey }): boolean {
  return (
    left.name === right.name && left.type === right.type && equalBytes({ left: left.publicKey, right: right.publicKey })
  )
}

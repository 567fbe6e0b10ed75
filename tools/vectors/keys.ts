/**
 * The keys of the vectors. They are public: trust nothing that they sign. All signatures are deterministic.
 *
 * @module
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'

/** ECDSA P-256 with SHA-256. */
export interface StatementKey {
  /** SubjectPublicKeyInfo, 91 bytes. */
  readonly publicKey: Uint8Array
  /** Strict DER by RFC 6979; the twin with the low s, unless the other one is asked for. */
  readonly sign: (message: Uint8Array, s?: 'low' | 'high') => Uint8Array
}

/** Ed25519: a log's or a witness's. */
export interface NoteSigningKey {
  /** Raw, 32 bytes. */
  readonly publicKey: Uint8Array
  /** 64 bytes, RFC 8032. */
  readonly sign: (message: Uint8Array) => Uint8Array
}

/** Of a SubjectPublicKeyInfo, before the uncompressed point. */
export const P256_PREFIX: Uint8Array = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex')
const ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** The private key is the number whose 32 bytes all are `byte`. */
export function statementKey(byte: number): StatementKey {
  const secretKey = new Uint8Array(32).fill(byte)
  const sign = (message: Uint8Array, s: 'low' | 'high' = 'low'): Uint8Array => {
    const low = p256.Signature.fromBytes(p256.sign(message, secretKey, { prehash: true, lowS: true }), 'compact')
    return s === 'low' ? low.toBytes('der') : new p256.Signature(low.r, ORDER - low.s).toBytes('der')
  }
  return { publicKey: Uint8Array.from([...P256_PREFIX, ...p256.getPublicKey(secretKey, false)]), sign }
}

/** The seed's 32 bytes all are `byte`. Node's own Ed25519. */
export function noteSigningKey(byte: number): NoteSigningKey {
  const der = Buffer.concat([ED25519_PREFIX, Buffer.alloc(32, byte)])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return { publicKey: rawOf(createPublicKey(key)), sign: (message) => Uint8Array.from(sign(null, message, key)) }
}

const rawOf = (key: KeyObject): Uint8Array => Uint8Array.from(key.export({ format: 'der', type: 'spki' }).subarray(-32))

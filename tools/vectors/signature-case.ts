/**
 * What the cases of the topic `signature` have in common.
 *
 * @module
 */
import type { Case } from './topic.ts'

export type SignatureInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly publicKeyHex?: string
  readonly signatureHex?: string
  readonly messageText?: string
  readonly messageHex?: string
}

export type SignatureCase = Case<SignatureInput>

export const OPERATIONS = {
  readP256Key: 'The SubjectPublicKeyInfo `publicKeyHex`: `keyId`.',
  readP256Signature: 'The DER signature `signatureHex`: `rHex` and `sHex`, 32 bytes each.',
  verifyP256:
    'Whether `signatureHex` is a signature of `messageText` or `messageHex` (not hashed yet) by `publicKeyHex`; ' +
    '`accept` is empty.',
  verifyEd25519: 'The same for a log key, 32 bytes, and its signature, 64 bytes.',
}

/** Keys, signatures and a message, in hexadecimal where they are bytes. */
export interface Verification {
  readonly publicKey?: string
  readonly signature: string
  readonly message?: string
}

export const KEYS = 'docs/spec/signature.md#statement-keys'
export const SIGNATURES = 'docs/spec/signature.md#statement-signatures'
export const LOG_KEYS = 'docs/spec/signature.md#log-keys'

/** Order of the group of P-256. */
export const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

export const hex32 = (value: bigint): string => value.toString(16).padStart(64, '0')
export const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

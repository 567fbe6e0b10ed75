/**
 * Verifying one signature: the port, an implementation in plain ECMAScript, and the gate before any other one.
 *
 * Every implementation gives the same answers, since strict checks come first: ECDSA P-256 signatures are strict DER
 * with low S (`der.ts`), Ed25519 follows the pinned rule (`ed25519.ts`). Of what Wycheproof marks as valid this refuses
 * P-256 signatures with a high S, and nothing else.
 *
 * @module
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concatBytes, equalBytes } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { parseP256Signature } from './der.ts'
import { checkEd25519Signature } from './ed25519.ts'
import { littleEndian } from './little-endian.ts'
import { parseP256Spki } from './spki.ts'

export interface VerifySignatureInput {
  /** P-256: SubjectPublicKeyInfo, 91 bytes. Ed25519: raw, 32 bytes. */
  readonly publicKey: Uint8Array
  /** P-256: strict DER with low S. Ed25519: 64 bytes. */
  readonly signature: Uint8Array
  /** What was signed, not hashed yet. */
  readonly message: Uint8Array
}

/** Answers whether a signature verifies. Malformed keys and signatures are `false`, never an exception. */
export interface SignatureVerifier {
  /** ECDSA P-256 with SHA-256. */
  p256(input: VerifySignatureInput): boolean | Promise<boolean>
  /** Ed25519, without pre-hashing or context. */
  ed25519(input: VerifySignatureInput): boolean | Promise<boolean>
}

/** A verifier that answers at once. */
export interface SynchronousSignatureVerifier extends SignatureVerifier {
  p256(input: VerifySignatureInput): boolean
  ed25519(input: VerifySignatureInput): boolean
}

/** Verifies in plain ECMAScript, synchronously, with the strict checks. */
export const nobleVerifier: SynchronousSignatureVerifier = {
  p256({ publicKey, signature, message }) {
    return unlessMalformed(() => {
      parseP256Signature(signature)
      const point = parseP256Spki(publicKey)
      return p256.verify(signature, message, point, { format: 'der', lowS: true, prehash: true })
    })
  },
  ed25519({ publicKey, signature, message }) {
    return unlessMalformed(() => {
      checkEd25519Signature({ publicKey, signature })
      return satisfiesEquation({ publicKey, signature, message })
    })
  },
}

/**
 * Puts the strict checks before another implementation, such as WebCrypto or node:crypto, which need not make them
 * itself. It sees only well-formed keys and signatures; an exception of its own passes through.
 */
export function strictVerifier(native: SignatureVerifier): SignatureVerifier {
  return {
    p256(input) {
      const wellFormed = unlessMalformed(() => {
        parseP256Signature(input.signature)
        parseP256Spki(input.publicKey)
        return true
      })
      return wellFormed && native.p256(input)
    },
    ed25519(input) {
      const wellFormed = unlessMalformed(() => {
        checkEd25519Signature(input)
        return true
      })
      return wellFormed && native.ed25519(input)
    },
  }
}

/**
 * Condition 5 of the rule in `ed25519.ts`. Written out, since the library's `verify` multiplies by the cofactor and so
 * accepts keys with a small-order part that Node and browsers refuse.
 */
function satisfiesEquation({ publicKey, signature, message }: VerifySignatureInput): boolean {
  const { Point } = ed25519
  const r = signature.subarray(0, 32)
  const point = decodePoint(publicKey)
  if (point === undefined) return false
  const k = Point.Fn.create(littleEndian(sha512(concatBytes(r, publicKey, message))))
  const s = littleEndian(signature.subarray(32))
  const expected = Point.BASE.multiplyUnsafe(s).subtract(point.multiplyUnsafe(k))
  return equalBytes({ left: expected.toBytes(), right: r })
}

function decodePoint(encoding: Uint8Array): InstanceType<typeof ed25519.Point> | undefined {
  try {
    return ed25519.Point.fromBytes(encoding, false)
  } catch {
    return undefined
  }
}

/** `false` for a malformed key or signature; a mistake of ours stays an exception. */
function unlessMalformed(verify: () => boolean): boolean {
  try {
    return verify()
  } catch (error) {
    if (ColophonError.is(error)) return false
    throw error
  }
}

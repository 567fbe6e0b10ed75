/**
 * Ed25519 (RFC 8032): the one rule by which every verifier of this project accepts a signature.
 *
 * RFC 8032 leaves room, and libraries differ on hundreds of known edge cases. The rule: a signature (R, S) of a message
 * M under a public key A is valid if and only if
 *
 * 1. A has 32 bytes, the signature 64: R and S, 32 each, little-endian;
 * 2. S < L, the order of the base point (RFC 8032 section 5.1.7);
 * 3. A and R are canonical encodings: y < p = 2^255 - 19, and the sign bit is 0 where x is 0;
 * 4. neither A nor R is of small order (1, 2, 4 or 8);
 * 5. A is a point of the curve, and the encoding of S B - k A with k = SHA-512(R, A, M) mod L is R, byte for byte.
 *    That is the equation without the cofactor, as OpenSSL, and so Node and browsers, compute it; a key or an R with
 *    a small-order part beside its main one gets the same answer everywhere.
 *
 * `checkEd25519Signature` is 1 to 4, before any library sees the bytes; 5 is the library's part.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import { littleEndian } from './little-endian.ts'

const P = 2n ** 255n - 19n
const L = 2n ** 252n + 27742317777372353535851937790883648493n
const SIGN = 2n ** 255n

/** Of two points of order 8, which differ in the sign of x. The other two have -y. */
const ORDER_8_Y = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n

/**
 * The y coordinates of all eight points of small order: 1 (order 1), -1 (order 2), 0 (order 4, both signs of x), and
 * two more (order 8, both signs of x each). A sign bit with x = 0 is possible only with y = 1 or -1, so it is covered.
 */
const SMALL_ORDER_Y = new Set([0n, 1n, P - 1n, ORDER_8_Y, P - ORDER_8_Y])

/**
 * Refuses what conditions 1 to 4 refuse. Verifies nothing.
 *
 * @param input.publicKey  raw, 32 bytes
 * @param input.signature  64 bytes
 * @throws {ColophonError} SIGNATURE_MALFORMED
 */
export function checkEd25519Signature(input: { readonly publicKey: Uint8Array; readonly signature: Uint8Array }): void {
  const { publicKey, signature } = input
  if (publicKey.length !== 32) throw malformed(`public key has ${publicKey.length} bytes, want 32`)
  if (signature.length !== 64) throw malformed(`signature has ${signature.length} bytes, want 64`)
  if (littleEndian(signature.subarray(32)) >= L) throw malformed('S is not below the order of the base point')
  checkPoint(publicKey, 'the public key')
  checkPoint(signature.subarray(0, 32), 'R')
}

function checkPoint(encoding: Uint8Array, name: string): void {
  const y = littleEndian(encoding) % SIGN
  if (y >= P) throw malformed(`${name} is not in canonical form`)
  if (SMALL_ORDER_Y.has(y)) throw malformed(`${name} is of small order`)
}

function malformed(message: string): ColophonError {
  return new ColophonError('SIGNATURE_MALFORMED', `Ed25519: ${message}`)
}

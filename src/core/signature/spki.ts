/**
 * SubjectPublicKeyInfo (RFC 5280 section 4.1) in the two forms that keys have here, and the key id.
 *
 * ECDSA P-256 (RFC 5480): 91 bytes, id-ecPublicKey with the named curve prime256v1 and an uncompressed point. Ed25519
 * (RFC 8410): 44 bytes. Both are a fixed prefix and the raw key, so no DER parser is needed, and no second encoding of
 * a key is accepted.
 *
 * @module
 */
import { p256 } from '@noble/curves/nist.js'
import { concatBytes, decodeHex, encodeHex } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { sha256 } from '../hash/index.ts'

const P256_PREFIX = decodeHex('3059301306072a8648ce3d020106082a8648ce3d030107034200')
const ED25519_PREFIX = decodeHex('302a300506032b6570032100')
const POINT_SIZE = 65

/**
 * The point of a P-256 key.
 *
 * @param der  91 bytes
 * @returns 65 bytes: 04, x, y; on the curve
 * @throws {ColophonError} KEY_MALFORMED
 */
export function parseP256Spki(der: Uint8Array): Uint8Array {
  const sizeBytes = P256_PREFIX.length + POINT_SIZE
  if (der.length !== sizeBytes) {
    throw new ColophonError('KEY_MALFORMED', `public key has ${der.length} bytes, want ${sizeBytes}`)
  }
  if (!P256_PREFIX.every((byte, i) => der[i] === byte)) {
    throw new ColophonError('KEY_MALFORMED', 'public key is not an ECDSA P-256 SubjectPublicKeyInfo')
  }
  const point = der.slice(P256_PREFIX.length)
  checkPoint(point)
  return point
}

/**
 * SubjectPublicKeyInfo of a raw Ed25519 key. Does not look at the key; `checkEd25519Signature` does.
 *
 * @param raw  32 bytes
 * @returns 44 bytes
 * @throws {ColophonError} KEY_MALFORMED  another length
 */
export function ed25519Spki(raw: Uint8Array): Uint8Array {
  if (raw.length !== 32) throw new ColophonError('KEY_MALFORMED', `Ed25519 key has ${raw.length} bytes, want 32`)
  return concatBytes(ED25519_PREFIX, raw)
}

/** Lowercase hexadecimal SHA-256 of a SubjectPublicKeyInfo: 64 characters. */
export function keyId(spki: Uint8Array): string {
  return encodeHex(sha256(spki))
}

function checkPoint(point: Uint8Array): void {
  if (point.length !== POINT_SIZE || point[0] !== 4) {
    throw new ColophonError('KEY_MALFORMED', 'P-256 point is not 65 bytes that begin with 04')
  }
  try {
    p256.Point.fromBytes(point)
  } catch (cause) {
    throw new ColophonError('KEY_MALFORMED', 'P-256 point is not on the curve', { cause })
  }
}

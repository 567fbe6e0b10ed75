/**
 * Cases of the topic `signature`: SubjectPublicKeyInfo of P-256.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import { noteSigningKey, P256_PREFIX, statementKey } from './keys.ts'
import { hexOf } from './parts.ts'
import { hex32, KEYS, type SignatureCase } from './signature-case.ts'

const key = statementKey(0x11)
export const SPKI = hexOf(key.publicKey)
export const POINT = SPKI.slice(-128)
export const PREFIX = `${hexOf(P256_PREFIX)}04`

/** Prime of the field. */
export const FIELD = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn

/** The point of the curve with the smallest x from `from` on; y is the even one. */
export function pointFrom(from: bigint) {
  for (let x = from; ; x += 1n) {
    try {
      return p256.Point.fromBytes(Uint8Array.from(Buffer.from(`02${hex32(x)}`, 'hex')))
    } catch {
      // No point has this x.
    }
  }
}

const readKey = (name: string, publicKeyHex: string): SignatureCase => ({
  name: `p256-key-${name}`,
  rule: KEYS,
  operation: 'readP256Key',
  publicKeyHex,
  accept: { keyId: createHash('sha256').update(Buffer.from(publicKeyHex, 'hex')).digest('hex') },
})
const noKey = (name: string, publicKeyHex: string): SignatureCase => ({
  name: `p256-key-${name}`,
  rule: KEYS,
  operation: 'readP256Key',
  publicKeyHex,
  reject: 'KEY_MALFORMED',
})

const SMALL_X = pointFrom(1n)

export const P256_KEYS: readonly SignatureCase[] = [
  readKey('of-the-example', SPKI),
  readKey('with-a-small-x', PREFIX + hex32(SMALL_X.x) + hex32(SMALL_X.y)),
  noKey('x-not-reduced', PREFIX + hex32(SMALL_X.x + FIELD) + hex32(SMALL_X.y)),
  noKey('not-on-the-curve', `${SPKI.slice(0, -2)}95`),
  noKey('zero-point', PREFIX + '00'.repeat(64)),
  noKey('infinity', `301a301306072a8648ce3d020106082a8648ce3d030107030300${'00'}`),
  noKey('compressed', `3039301306072a8648ce3d020106082a8648ce3d03010703220002${POINT.slice(0, 64)}`),
  noKey('hybrid-point', `${PREFIX.slice(0, -2)}06${POINT}`),
  noKey('of-another-curve', `3056301006072a8648ce3d020106052b8104000a03420004${POINT}`),
  noKey('of-another-algorithm', `305a301406082a8648ce3d02010206082a8648ce3d03010703420004${POINT}`),
  noKey('with-a-byte-behind', `${SPKI}00`),
  noKey('cut', SPKI.slice(0, -2)),
  noKey('long-form-length', `308159${SPKI.slice(4)}`),
  noKey('raw-point', `04${POINT}`),
  noKey('ed25519', `302a300506032b6570032100${hexOf(noteSigningKey(7).publicKey)}`),
  noKey('empty', ''),
]

/**
 * ECDSA P-256 signing for tests, with node:crypto: strict DER with the low or the high one of the two values of s.
 *
 * @module
 */
import { generateKeyPairSync, sign } from 'node:crypto'
import { derOf } from './der-of-raw.ts'

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

export interface P256Signer {
  readonly spki: Uint8Array
  sign(message: Uint8Array, half?: 'low' | 'high'): Uint8Array
}

/** A signer with a new key. */
export function makeP256Signer(): P256Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    spki: Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' })),
    sign(message, half = 'low') {
      const raw = sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' })
      const r = BigInt(`0x${raw.toString('hex', 0, 32)}`)
      const s = BigInt(`0x${raw.toString('hex', 32)}`)
      const isHigh = s > ORDER / 2n
      return derOf(r, isHigh === (half === 'high') ? s : ORDER - s)
    },
  }
}

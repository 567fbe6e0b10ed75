/**
 * ECDSA P-256 signing for tests, with node:crypto: strict DER with the low or the high one of the two values of s.
 *
 * @module
 */
import { generateKeyPairSync, sign } from 'node:crypto'

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** DER of a positive integer. */
function derInteger(value: bigint): Buffer {
  const digits = value.toString(16)
  let body = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')
  if ((body[0] as number) >= 0x80) body = Buffer.concat([Buffer.of(0), body])
  return Buffer.concat([Buffer.of(0x02, body.length), body])
}

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
      const both = Buffer.concat([derInteger(r), derInteger(isHigh === (half === 'high') ? s : ORDER - s)])
      return Uint8Array.from(Buffer.concat([Buffer.of(0x30, both.length), both]))
    },
  }
}

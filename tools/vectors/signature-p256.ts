/**
 * Cases of the topic `signature`: verifying ECDSA, the rare cases of its arithmetic included.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import type { ErrorCode } from '../../src/core/errors.ts'
import { statementKey } from './keys.ts'
import { hexOf } from './parts.ts'
import { hex32, KEYS, N, SIGNATURES, type SignatureCase, utf8, type Verification } from './signature-case.ts'
import { der, HALF } from './signature-der.ts'
import { FIELD, POINT, PREFIX, pointFrom, SPKI } from './signature-p256-keys.ts'

const key = statementKey(0x11)
const other = statementKey(0x22)

const modN = (value: bigint): bigint => ((value % N) + N) % N

const verifyP256 = (
  name: string,
  { publicKey = SPKI, signature, message = 'message' }: Verification,
  reject?: ErrorCode,
): SignatureCase => ({
  name: `p256-${name}`,
  rule: reject === 'KEY_MALFORMED' ? KEYS : SIGNATURES,
  operation: 'verifyP256',
  publicKeyHex: publicKey,
  messageText: message,
  signatureHex: signature,
  ...(reject === undefined ? { accept: {} } : { reject }),
})

const sign = (message: string): string => hexOf(key.sign(utf8(message)))
const digestOf = (message: string): bigint => BigInt(`0x${createHash('sha256').update(message).digest('hex')}`)

/** The x of the point that signing gives is n or more, so r is x - n. The key is made for the signature. */
function wrappedR(): Verification {
  const point = pointFrom(N + 1n)
  const r = point.x - N
  const s = 5n
  const inverse = p256.Point.Fn.inv(r)
  const minusDigest = p256.Point.BASE.multiply(modN(-digestOf('message') * inverse))
  const publicKey = point.multiply(modN(s * inverse)).add(minusDigest)
  return { publicKey: PREFIX + hexOf(publicKey.toBytes(false).slice(1)), signature: der(r, s) }
}

/** r and s for which verifying adds a point to its own opposite. */
function sumAtInfinity(): string {
  const secret = BigInt(`0x${'11'.repeat(32)}`)
  return der(modN(-digestOf('message') * p256.Point.Fn.inv(secret)), 1n)
}

export const P256: readonly SignatureCase[] = [
  verifyP256('valid', { signature: sign('message') }),
  verifyP256('valid-of-an-empty-message', { signature: sign(''), message: '' }),
  verifyP256('valid-with-a-random-k', { signature: der(...someSignature(0x1234567890abcdefn)) }),
  verifyP256('valid-r-is-x-minus-n', wrappedR()),
  verifyP256('another-message', { signature: sign('massage') }, 'SIGNATURE_INVALID'),
  verifyP256('a-newline-more', { signature: sign('message\n') }, 'SIGNATURE_INVALID'),
  verifyP256('of-the-digest-as-the-message', { signature: hexOf(key.sign(digestBytes())) }, 'SIGNATURE_INVALID'),
  verifyP256('another-key', { signature: sign('message'), publicKey: hexOf(other.publicKey) }, 'SIGNATURE_INVALID'),
  verifyP256(
    'opposite-key',
    { signature: sign('message'), publicKey: PREFIX + POINT.slice(0, 64) + hex32(FIELD - yOf(POINT)) },
    'SIGNATURE_INVALID',
  ),
  verifyP256('r-and-s-of-1', { signature: der(1n, 1n) }, 'SIGNATURE_INVALID'),
  verifyP256('sum-at-infinity', { signature: sumAtInfinity() }, 'SIGNATURE_INVALID'),
  verifyP256('high-twin', { signature: hexOf(key.sign(utf8('message'), 'high')) }, 'SIGNATURE_MALFORMED'),
  verifyP256('all-zero', { signature: '3006020100020100' }, 'SIGNATURE_MALFORMED'),
  verifyP256('raw-r-and-s', { signature: rawSignature() }, 'SIGNATURE_MALFORMED'),
  verifyP256(
    'by-a-key-not-on-the-curve',
    { signature: sign('message'), publicKey: `${SPKI.slice(0, -2)}95` },
    'KEY_MALFORMED',
  ),
]

/** By the definition of ECDSA, with a k that is not that of RFC 6979. */
function someSignature(k: bigint): [r: bigint, s: bigint] {
  const r = modN(p256.Point.BASE.multiply(k).x)
  const s = modN(p256.Point.Fn.inv(k) * modN(digestOf('message') + r * BigInt(`0x${'11'.repeat(32)}`)))
  return [r, s > HALF ? N - s : s]
}

function digestBytes(): Uint8Array {
  return new Uint8Array(createHash('sha256').update('message').digest())
}

function rawSignature(): string {
  return someSignature(7n).map(hex32).join('')
}

function yOf(point: string): bigint {
  return BigInt(`0x${point.slice(64)}`)
}

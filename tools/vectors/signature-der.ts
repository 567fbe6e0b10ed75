/**
 * Cases of the topic `signature`: strict DER with a low s.
 *
 * @module
 */
import { statementKey } from './keys.ts'
import { hexOf } from './parts.ts'
import { hex32, N, SIGNATURES, type SignatureCase, utf8 } from './signature-case.ts'

const key = statementKey(0x11)

/** DER INTEGER of the bytes as they are given. */
const integer = (bytes: string): string => `02${(bytes.length / 2).toString(16).padStart(2, '0')}${bytes}`
const sequence = (content: string): string => `30${(content.length / 2).toString(16).padStart(2, '0')}${content}`

/** As few bytes as possible, positive. */
function minimal(value: bigint): string {
  const digits = value.toString(16)
  const even = digits.length % 2 === 0 ? digits : `0${digits}`
  return Number.parseInt(even.slice(0, 2), 16) > 0x7f ? `00${even}` : even
}

export const der = (r: bigint, s: bigint): string => sequence(integer(minimal(r)) + integer(minimal(s)))

const readSignature = (name: string, r: bigint, s: bigint): SignatureCase => ({
  name: `der-${name}`,
  rule: SIGNATURES,
  operation: 'readP256Signature',
  signatureHex: der(r, s),
  accept: { rHex: hex32(r), sHex: hex32(s) },
})
const noSignature = (name: string, signatureHex: string): SignatureCase => ({
  name: `der-${name}`,
  rule: SIGNATURES,
  operation: 'readP256Signature',
  signatureHex,
  reject: 'SIGNATURE_MALFORMED',
})

export const HALF = (N - 1n) / 2n
const R = 0x7bn
const S = 0x11c8n

export const DER: readonly SignatureCase[] = [
  readSignature('smallest', 1n, 1n),
  readSignature('largest', N - 1n, HALF),
  readSignature('sign-byte-needed', 0x80n, 0xffn),
  readSignature('of-31-and-30-bytes', 2n ** 247n - 1n, 2n ** 239n - 1n),
  noSignature('s-just-above-the-half', der(R, HALF + 1n)),
  noSignature('s-of-n-minus-1', der(R, N - 1n)),
  noSignature('high-twin-of-a-signature', hexOf(key.sign(utf8('message'), 'high'))),
  noSignature('r-zero', sequence(integer('00') + integer(minimal(S)))),
  noSignature('s-zero', sequence(integer(minimal(R)) + integer('00'))),
  noSignature('both-zero', sequence(integer('00') + integer('00'))),
  noSignature('r-of-n', der(N, S)),
  noSignature('s-of-n', der(R, N)),
  noSignature('r-above-n', der(N + 1n, S)),
  noSignature('r-negative', sequence(integer('85') + integer(minimal(S)))),
  noSignature('s-negative', sequence(integer(minimal(R)) + integer('ee38'))),
  noSignature('r-with-a-zero-too-many', sequence(integer('007b') + integer(minimal(S)))),
  noSignature('s-with-a-zero-too-many', sequence(integer(minimal(R)) + integer('0011c8'))),
  noSignature('r-empty', sequence(`0200${integer(minimal(S))}`)),
  noSignature('s-empty', sequence(`${integer('0011')}0200`)),
  noSignature('long-form-length', `308107${der(R, S).slice(4)}`),
  noSignature('long-form-length-of-r', sequence(`0281017b${integer(minimal(S))}`)),
  noSignature('indefinite-length', `3080${der(R, S).slice(4)}0000`),
  noSignature('length-too-small', `3006${der(R, S).slice(4)}`),
  noSignature('length-too-large', `3008${der(R, S).slice(4)}`),
  noSignature('byte-behind', `${der(R, S)}00`),
  noSignature('byte-behind-inside', sequence(`${der(R, S).slice(4)}00`)),
  noSignature('cut', der(N - 1n, HALF).slice(0, -2)),
  noSignature('another-tag', `31${der(R, S).slice(2)}`),
  noSignature('r-of-another-tag', sequence(`04017b${integer(minimal(S))}`)),
  noSignature('three-integers', sequence(integer('7b') + integer('11') + integer('01'))),
  noSignature('one-integer', sequence(integer('0102030405'))),
  noSignature('raw-r-and-s', hex32(R) + hex32(S)),
  noSignature('empty', ''),
]

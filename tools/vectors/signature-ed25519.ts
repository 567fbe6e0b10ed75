/**
 * Cases of the topic `signature`: Ed25519 by the pinned rule.
 *
 * @module
 */
import { ed25519, ed25519ph } from '@noble/curves/ed25519.js'
import { noteSigningKey, statementKey } from './keys.ts'
import { hexOf } from './parts.ts'
import { hex32, LOG_KEYS, type SignatureCase, utf8, type Verification } from './signature-case.ts'

/** Order of the base point. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n

const log = noteSigningKey(7)
const LOG_KEY = hexOf(log.publicKey)
const LOG_SIGNATURE = hexOf(log.sign(utf8('message')))

const ed = (
  name: string,
  { publicKey = LOG_KEY, signature, message = 'message' }: Verification,
  valid = false,
): SignatureCase => ({
  name: `ed25519-${name}`,
  rule: LOG_KEYS,
  operation: 'verifyEd25519',
  publicKeyHex: publicKey,
  messageText: message,
  signatureHex: signature,
  ...(valid ? { accept: {} } : { reject: 'SIGNATURE_INVALID' }),
})

/** The signature's S plus a number, 32 bytes with the least significant first. */
function plusS(number: bigint): string {
  const s = BigInt(`0x${Buffer.from(LOG_SIGNATURE.slice(64), 'hex').reverse().toString('hex')}`)
  return (
    LOG_SIGNATURE.slice(0, 64) +
    Buffer.from(hex32(s + number), 'hex')
      .reverse()
      .toString('hex')
  )
}

const withR = (r: string): string => r + LOG_SIGNATURE.slice(64)
const littleEndian = (value: bigint): string => Buffer.from(hex32(value), 'hex').reverse().toString('hex')

/** Encodings of y = 2 to 18 with p added: not canonical, and of no small order. */
const NOT_CANONICAL = littleEndian(2n ** 255n - 19n + 3n)

export const ED25519: readonly SignatureCase[] = [
  ed('valid', { signature: LOG_SIGNATURE }, true),
  ed('valid-of-an-empty-message', { signature: hexOf(log.sign(utf8(''))), message: '' }, true),
  ed(
    'valid-of-rfc-8032',
    {
      publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      signature:
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
      message: '',
    },
    true,
  ),
  ed('another-message', { signature: LOG_SIGNATURE, message: 'massage' }),
  ed('another-key', { signature: LOG_SIGNATURE, publicKey: hexOf(noteSigningKey(8).publicKey) }),
  ed('pre-hashed', { signature: hexOf(ed25519ph.sign(utf8('message'), new Uint8Array(32).fill(7))) }),
  ed('s-plus-l', { signature: plusS(L) }),
  ed('s-plus-2-l', { signature: plusS(2n * L) }),
  ed('s-plus-1', { signature: plusS(1n) }),
  ed('s-of-l', { signature: LOG_SIGNATURE.slice(0, 64) + littleEndian(L) }),
  ed('s-with-the-highest-bit', { signature: plusS(2n ** 255n) }),
  ed('s-zero', { signature: LOG_SIGNATURE.slice(0, 64) + '00'.repeat(32) }),
  ed('r-with-another-sign', { signature: withR(flipSign(LOG_SIGNATURE.slice(0, 64))) }),
  ed('key-with-another-sign', { signature: LOG_SIGNATURE, publicKey: flipSign(LOG_KEY) }),
  ed('r-not-canonical', { signature: withR(NOT_CANONICAL) }),
  ed('key-not-canonical', { signature: LOG_SIGNATURE, publicKey: NOT_CANONICAL }),
  ed('r-all-ones', { signature: withR('ff'.repeat(32)) }),
  ed('r-not-on-the-curve', { signature: withR(offTheCurve()) }),
  ed('key-not-on-the-curve', { signature: LOG_SIGNATURE, publicKey: offTheCurve() }),
  ed('all-zero', { publicKey: '00'.repeat(32), signature: '00'.repeat(64) }),
  ed('signature-of-63-bytes', { signature: LOG_SIGNATURE.slice(0, -2) }),
  ed('signature-of-65-bytes', { signature: `${LOG_SIGNATURE}00` }),
  ed('signature-empty', { signature: '' }),
  ed('key-of-31-bytes', { signature: LOG_SIGNATURE, publicKey: LOG_KEY.slice(0, -2) }),
  ed('key-of-33-bytes', { signature: LOG_SIGNATURE, publicKey: `${LOG_KEY}00` }),
  ed('key-as-subject-public-key-info', { signature: LOG_SIGNATURE, publicKey: `302a300506032b6570032100${LOG_KEY}` }),
  ed('ecdsa-signature', { signature: hexOf(statementKey(0x11).sign(utf8('message'))) }),
]

function flipSign(encoding: string): string {
  return encoding.slice(0, -2) + (Number.parseInt(encoding.slice(-2), 16) ^ 0x80).toString(16).padStart(2, '0')
}

/** A canonical encoding of which no point is the meaning. */
function offTheCurve(): string {
  for (let y = 2n; ; y += 1n) {
    try {
      ed25519.Point.fromBytes(Uint8Array.from(Buffer.from(littleEndian(y), 'hex')))
    } catch {
      return littleEndian(y)
    }
  }
}

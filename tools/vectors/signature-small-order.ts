/**
 * Cases of the topic `signature`: the equation holds, and only the rule on small order refuses the signature. The message
 * is chosen so that the part of small order vanishes, or is the R that is wanted.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { smallOrderEncodings } from '../../test/support/edwards-matrix.ts'
import { hexOf } from './parts.ts'
import { LOG_KEYS, type SignatureCase } from './signature-case.ts'
import { slugOfEncoding } from './signature-matrix.ts'

const { Point } = ed25519
const L = Point.Fn.ORDER
/** Secret scalars of an ordinary R and an ordinary key. */
const [SECRET_R, SECRET_A] = [98765432109876543210n, 12345678901234567890n]

const integer = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)
const littleEndian = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse()

interface Signed {
  readonly publicKey: Uint8Array
  readonly r: Uint8Array
  /** Given the hash of all three, the S that fits, or undefined where none does with this message. */
  readonly solve: (k: bigint) => bigint | undefined
}

/** The first message of one byte that fits, or no case. */
function refused(name: string, { publicKey, r, solve }: Signed): SignatureCase[] {
  for (let number = 0; number < 256; number += 1) {
    const message = Uint8Array.of(number)
    const k = integer(createHash('sha512').update(r).update(publicKey).update(message).digest())
    const s = solve(k)
    if (s === undefined) continue
    return [
      {
        name,
        rule: LOG_KEYS,
        operation: 'verifyEd25519',
        publicKeyHex: hexOf(publicKey),
        messageHex: hexOf(message),
        signatureHex: hexOf(Buffer.concat([r, littleEndian(s)])),
        reject: 'SIGNATURE_INVALID',
      },
    ]
  }
  return []
}

const ENCODINGS = smallOrderEncodings().map(({ name, bytes }) => ({ name: slugOfEncoding(name), bytes }))
const ORDINARY_R = Point.BASE.multiply(SECRET_R).toBytes()

/** k A is the neutral point, so S B = R fits whoever made it: without the rule, a signature by nobody. */
const SMALL_KEYS = ENCODINGS.flatMap(({ name, bytes }) =>
  refused(`fits-key-${name}`, {
    publicKey: bytes,
    r: ORDINARY_R,
    solve: (k) => ((k % L) % 8n === 0n ? SECRET_R : undefined),
  }),
)

const OF_ORDER_8 = Point.fromBytes(ENCODINGS.find(({ name }) => name === 'small-y-y8')?.bytes ?? new Uint8Array(32))
const MIXED_KEY = Point.BASE.multiply(SECRET_A).add(OF_ORDER_8).toBytes()

/** The ordinary part of the key cancels, and what its small-order part leaves is this very R. */
const SMALL_RS = ENCODINGS.flatMap(({ name, bytes }) =>
  refused(`fits-r-${name}`, {
    publicKey: MIXED_KEY,
    r: bytes,
    solve: (k) => {
      const left = OF_ORDER_8.multiplyUnsafe((k % L) % 8n).negate()
      return hexOf(left.toBytes()) === hexOf(bytes) ? ((k % L) * SECRET_A) % L : undefined
    },
  }),
)

export const SMALL_ORDER: readonly SignatureCase[] = [...SMALL_KEYS, ...SMALL_RS]

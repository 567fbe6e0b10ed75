/**
 * Ed25519 signatures that libraries are known to disagree on, made as C2SP's CCTV makes its own: every key A with every
 * R, where each is an encoding of a point of small order, or of an ordinary point plus one of small order.
 *
 * What is right is known from how they are made, without any library's answer: a small-order or non-canonical encoding
 * is refused, and of the others exactly those fit in which the small-order parts cancel without the cofactor.
 *
 * @module
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'

export interface EdwardsCase {
  readonly name: string
  readonly valid: boolean
  readonly input: { readonly publicKey: Uint8Array; readonly signature: Uint8Array; readonly message: Uint8Array }
}

const { Point } = ed25519
const P = 2n ** 255n - 19n
const L = 2n ** 252n + 27742317777372353535851937790883648493n
/** y of two of the points of order 8. */
const ORDER_8_Y = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n

/** Secret scalars of the ordinary parts of A and R. */
const SECRET_A = 1234567890123456789012345678901234567890n
const SECRET_R = 98765432109876543210987654321098765432109n
const MESSAGES = 4

interface Encoded {
  readonly name: string
  readonly bytes: Uint8Array
  /** Multiple of the point of order 8 that is in it; undefined for what is of small order as a whole. */
  readonly torsion: number | undefined
}

/** 32 bytes, least significant first; `sign` sets the highest bit. */
function encode(value: bigint, { sign = false } = {}): Uint8Array {
  const bytes = Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse())
  return sign ? bytes.with(31, (bytes[31] as number) | 0x80) : bytes
}

const integer = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)

/** All fourteen encodings of the eight points of small order: y below p, y from p on, and a sign where x is 0. */
export function smallOrderEncodings(): readonly Encoded[] {
  const ys = [
    ['0', 0n],
    ['1', 1n],
    ['p - 1', P - 1n],
    ['p', P],
    ['p + 1', P + 1n],
    ['y8', ORDER_8_Y],
    ['-y8', P - ORDER_8_Y],
  ] as const
  return ys.flatMap(([name, y]) =>
    [false, true].map((sign) => ({
      name: `small order, y = ${name}${sign ? ', with a sign' : ''}`,
      bytes: encode(y, { sign }),
      torsion: undefined,
    })),
  )
}

/** An ordinary point plus each multiple of the point of order 8. */
function mixedEncodings(secret: bigint): readonly Encoded[] {
  const generator = Point.fromBytes(encode(ORDER_8_Y))
  const ordinary = Point.BASE.multiply(secret)
  return Array.from({ length: 8 }, (_, torsion) => ({
    name: `ordinary plus ${torsion} of order 8`,
    bytes: (torsion === 0 ? ordinary : ordinary.add(generator.multiplyUnsafe(BigInt(torsion)))).toBytes(),
    torsion,
  }))
}

export function edwardsMatrix(): readonly EdwardsCase[] {
  const keys = [...smallOrderEncodings(), ...mixedEncodings(SECRET_A)]
  const rs = [...smallOrderEncodings(), ...mixedEncodings(SECRET_R)]
  return keys.flatMap((key) => rs.flatMap((r) => casesOf(key, r)))
}

/**
 * With S = 0, which fits where everything is of small order; with the S that fits the ordinary parts; and that one plus
 * the order of the base point, which fits as well and is another signature.
 */
function casesOf(key: Encoded, r: Encoded): readonly EdwardsCase[] {
  return Array.from({ length: MESSAGES }, (_, number) => Uint8Array.of(number)).flatMap((message) => {
    const k = integer(sha512(Uint8Array.of(...r.bytes, ...key.bytes, ...message))) % L
    const s = ((r.torsion === undefined ? 0n : SECRET_R) + (key.torsion === undefined ? 0n : k * SECRET_A)) % L
    const cancels =
      key.torsion !== undefined && r.torsion !== undefined && (BigInt(r.torsion) + k * BigInt(key.torsion)) % 8n === 0n
    const variants = [
      { name: 'S = 0', value: 0n, valid: false },
      { name: 'S fits', value: s, valid: cancels },
      { name: 'S + L', value: s + L, valid: false },
    ]
    return variants.map(({ name, value, valid }) => ({
      name: `A: ${key.name}; R: ${r.name}; ${name}; message ${message[0]}`,
      valid,
      input: { publicKey: key.bytes, signature: Uint8Array.of(...r.bytes, ...encode(value)), message },
    }))
  })
}

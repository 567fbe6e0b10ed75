import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeP256Signer } from '../../../test/support/p256-signer.ts'
import { nodeVerifier } from '../../node/keys/index.ts'
import {
  checkEd25519Signature,
  ed25519Spki,
  nobleVerifier,
  type SignatureVerifier,
  strictVerifier,
  type VerifySignatureInput,
} from './index.ts'

const P = 2n ** 255n - 19n
const L = 2n ** 252n + 27742317777372353535851937790883648493n

/** A point of order 8: all of them are found from one, by arithmetic. */
const ORDER_8_Y = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n

const message = Uint8Array.from(Buffer.from('signed'))
const signer = makeP256Signer()
const good: VerifySignatureInput = { publicKey: signer.spki, signature: signer.sign(message), message }

interface EdKey {
  readonly publicKey: Uint8Array
  readonly privateKey: KeyObject
}

function makeEdKey(): EdKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, publicKey: Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)) }
}

const edKey = makeEdKey()
const goodEd: VerifySignatureInput = {
  publicKey: edKey.publicKey,
  signature: Uint8Array.from(sign(null, message, edKey.privateKey)),
  message,
}

/** 32 bytes, least significant first; `signed` sets the highest bit. */
function encoding(value: bigint, signed = false): Uint8Array {
  const bytes = Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse()
  if (signed) bytes[31] = (bytes[31] as number) | 0x80
  return Uint8Array.from(bytes)
}

const integer = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)

const flip = (bytes: Uint8Array, bit: number): Uint8Array =>
  bytes.with(bit >> 3, (bytes[bit >> 3] as number) ^ (1 << (bit & 7)))

/** What both answer. */
function verdict(kind: 'p256' | 'ed25519', input: VerifySignatureInput): boolean {
  const answer = nobleVerifier[kind](input)
  expect(nodeVerifier[kind](input)).toBe(answer)
  return answer
}

describe('both verifiers, P-256', () => {
  test('accept what is good, whatever the message', () => {
    expect(verdict('p256', good)).toBe(true)
    for (const text of [new Uint8Array(0), new Uint8Array(100_000)]) {
      expect(verdict('p256', { ...good, message: text, signature: signer.sign(text) })).toBe(true)
    }
  })

  test('refuse the other s, raw r and s, another key, message or kind of signature: A5, A6', () => {
    const raw = new Uint8Array(64).fill(1)
    const mac = Uint8Array.from(createHmac('sha256', signer.spki).update(message).digest())
    const bad: VerifySignatureInput[] = [
      { ...good, signature: signer.sign(message, 'high') },
      { ...good, signature: raw },
      { ...good, signature: mac },
      { ...good, signature: new Uint8Array(0) },
      { ...good, signature: new Uint8Array(72) },
      { ...good, signature: goodEd.signature },
      { ...good, message: new Uint8Array(0) },
      { ...good, publicKey: makeP256Signer().spki },
      { ...good, publicKey: new Uint8Array(0) },
      { ...good, publicKey: edKey.publicKey },
      { ...good, publicKey: ed25519Spki(edKey.publicKey) },
      { ...good, publicKey: signer.spki.subarray(26) },
    ]
    for (const [at, input] of bad.entries()) expect([at, verdict('p256', input)]).toEqual([at, false])
  })

  test('agree on every kind of change', () => {
    fc.assert(
      fc.property(fc.constantFrom('signature', 'publicKey', 'message'), fc.nat(), (part, place) => {
        const bytes = good[part]
        expect(verdict('p256', { ...good, [part]: flip(bytes, place % (bytes.length * 8)) })).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})

describe('both verifiers, Ed25519', () => {
  test('accept what is good, and refuse every flipped bit', () => {
    expect(verdict('ed25519', goodEd)).toBe(true)
    for (let bit = 0; bit < 512; bit++) {
      const input = { ...goodEd, signature: flip(goodEd.signature, bit) }
      expect([bit, nodeVerifier.ed25519(input)]).toEqual([bit, false])
      if (bit % 16 === 3) expect([bit, nobleVerifier.ed25519(input)]).toEqual([bit, false])
    }
    for (let bit = 0; bit < 256; bit += 11) {
      expect(verdict('ed25519', { ...goodEd, publicKey: flip(edKey.publicKey, bit) })).toBe(false)
    }
  })

  test('refuse S + L, S = L and S = 0, and lengths that are wrong', () => {
    const [r, s] = [goodEd.signature.subarray(0, 32), integer(goodEd.signature.subarray(32))]
    for (const other of [s + L, L, 0n, s + 1n]) {
      expect(verdict('ed25519', { ...goodEd, signature: Uint8Array.of(...r, ...encoding(other)) })).toBe(false)
    }
    for (const size of [0, 63, 65]) {
      expect(verdict('ed25519', { ...goodEd, signature: new Uint8Array(size) })).toBe(false)
    }
    for (const size of [0, 31, 33, 44]) {
      expect(verdict('ed25519', { ...goodEd, publicKey: new Uint8Array(size).fill(1) })).toBe(false)
    }
  })

  test('a key with a small-order part: the equation without the cofactor decides, for both alike', () => {
    const torsion = ed25519.Point.fromBytes(
      encoding(0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n),
    )
    const secret = 1234567890123456789012345678901234567890n
    const publicKey = ed25519.Point.BASE.multiply(secret).add(torsion).toBytes()
    const r = ed25519.Point.BASE.multiply(98765n).toBytes()
    const answers = Array.from({ length: 24 }, (_, number) => {
      const text = Uint8Array.of(number)
      const k = integer(sha512(Uint8Array.of(...r, ...publicKey, ...text))) % L
      const signature = Uint8Array.of(...r, ...encoding((98765n + k * secret) % L))
      const answer = verdict('ed25519', { publicKey, signature, message: text })
      // The small-order part vanishes where k is a multiple of its order.
      expect(answer).toBe(k % 8n === 0n)
      return answer
    })
    expect(new Set(answers).size).toBe(2)
  })
})

describe('checkEd25519Signature', () => {
  const check = (publicKey: Uint8Array, r: Uint8Array) => () =>
    checkEd25519Signature({ publicKey, signature: Uint8Array.of(...r, ...encoding(1n)) })

  /** The multiples of a point of order 8. */
  const smallOrder = (): Uint8Array[] => {
    const generator = ed25519.Point.fromBytes(encoding(ORDER_8_Y))
    let point = ed25519.Point.ZERO
    return Array.from({ length: 8 }, () => {
      point = point.add(generator)
      return point.toBytes()
    })
  }

  test('all eight points of small order, as a key and as R', () => {
    const points = smallOrder()
    expect(new Set(points.map((point) => Buffer.from(point).toString('hex'))).size).toBe(8)
    expect(points[7]).toEqual(encoding(1n))
    for (const point of points) {
      expect(check(point, goodEd.signature.subarray(0, 32))).toThrowCode('SIGNATURE_MALFORMED')
      expect(check(edKey.publicKey, point)).toThrowCode('SIGNATURE_MALFORMED')
      // With S = 0 some libraries accept any message for such a key.
      const zero = Uint8Array.of(...point, ...new Uint8Array(32))
      expect(verdict('ed25519', { publicKey: point, signature: zero, message })).toBe(false)
    }
  })

  test('every y that is not below p, with either sign, as a key and as R', () => {
    for (let y = P; y < 2n ** 255n; y++) {
      for (const signed of [false, true]) {
        expect(check(encoding(y, signed), edKey.publicKey)).toThrowCode('SIGNATURE_MALFORMED')
        expect(check(edKey.publicKey, encoding(y, signed))).toThrowCode('SIGNATURE_MALFORMED')
      }
    }
    for (const y of [1n, P - 1n]) {
      expect(check(encoding(y, true), edKey.publicKey)).toThrowCode('SIGNATURE_MALFORMED')
    }
  })

  test('lets ordinary keys and signatures through', () => {
    for (let number = 0; number < 20; number++) {
      const { publicKey, privateKey } = makeEdKey()
      checkEd25519Signature({ publicKey, signature: Uint8Array.from(sign(null, message, privateKey)) })
    }
  })
})

describe('strictVerifier', () => {
  const calls: string[] = []
  const credulous: SignatureVerifier = {
    p256: () => calls.push('p256') > 0,
    ed25519: () => calls.push('ed25519') > 0,
  }
  const strict = strictVerifier(credulous)

  test('a native implementation sees nothing that is malformed', () => {
    expect(strict.p256({ ...good, signature: signer.sign(message, 'high') })).toBe(false)
    expect(strict.p256({ ...good, publicKey: signer.spki.with(90, (signer.spki[90] as number) ^ 1) })).toBe(false)
    expect(strict.ed25519({ ...goodEd, publicKey: encoding(1n) })).toBe(false)
    expect(calls).toEqual([])
    expect([strict.p256(good), strict.ed25519(goodEd)]).toEqual([true, true])
    expect(calls).toEqual(['p256', 'ed25519'])
  })

  test('its own exception passes through', () => {
    const broken = strictVerifier({
      ...credulous,
      p256: () => {
        throw new Error('no hardware')
      },
    })
    expect(() => broken.p256(good)).toThrow('no hardware')
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { derOf } from '../../../test/support/der-of-raw.ts'
import { ColophonError } from '../errors.ts'
import { lowSDer, parseP256Signature } from './index.ts'

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const scalar = (max: bigint) => fc.oneof(fc.bigInt({ min: 1n, max }), fc.bigInt({ min: 1n, max: 0xffffn }))

describe('parseP256Signature', () => {
  test('every r and every low s, with the only DER there is', () => {
    fc.assert(
      fc.property(scalar(ORDER - 1n), scalar(ORDER >> 1n), (r, s) => {
        expect(parseP256Signature(derOf(r, s))).toEqual({ r, s })
      }),
    )
    for (const s of [1n, 0x7fn, 0x80n, ORDER >> 1n]) expect(parseP256Signature(derOf(ORDER - 1n, s)).s).toBe(s)
  })

  test('the other one of the two s is refused: A6', () => {
    for (const s of [1n, 12345n, ORDER >> 1n]) {
      expect(() => parseP256Signature(derOf(7n, ORDER - s))).toThrowCode('SIGNATURE_MALFORMED')
    }
  })

  test.each([
    ['nothing', ''],
    ['r is 0', '3006020100020101'],
    ['s is 0', '3006020101020100'],
    ['both are 0', '3006020100020100'],
    ['r is negative', '3006020181020101'],
    ['a superfluous zero', '300702020001020101'],
    ['no byte in r', '30050200020101'],
    ['another tag than SEQUENCE', '3106020101020101'],
    ['another tag than INTEGER', '3006030101020101'],
    ['the length in two bytes', '308106020101020101'],
    ['an indefinite length', '30800201010201010000'],
    ['bytes after the SEQUENCE', '300602010102010100'],
    ['bytes after s, inside', '300702010102010100'],
    ['a third INTEGER', '3009020101020101020101'],
    ['a SEQUENCE longer than it says', '3005020101020101'],
    ['an s that ends beyond the end', '3006020101020201'],
    ['s is missing', '3003020101'],
    ['r takes all the rest', '300602040102010101'],
  ])('refuses: %s', (_, hex) => {
    expect(() => parseP256Signature(fromHex(hex))).toThrowCode('SIGNATURE_MALFORMED')
    expect(() => lowSDer(fromHex(hex))).toThrowCode('SIGNATURE_MALFORMED')
  })

  test('r or s that is the order or more, and raw r and s', () => {
    for (const [r, s] of [
      [ORDER, 1n],
      [1n, ORDER],
      [ORDER + 1n, 1n],
      [1n, ORDER + 1n],
      [2n ** 256n, 1n],
    ] as const) {
      expect(() => lowSDer(derOf(r, s))).toThrowCode('SIGNATURE_MALFORMED')
    }
    expect(() => parseP256Signature(new Uint8Array(64).fill(1))).toThrowCode('SIGNATURE_MALFORMED')
    expect(() => parseP256Signature(new Uint8Array(64))).toThrowCode('SIGNATURE_MALFORMED')
  })

  test('any changed byte is refused or stands for other numbers: no second DER of one signature', () => {
    const der = derOf(ORDER - 5n, 0x1234n)
    for (let at = 0; at < der.length; at++) {
      for (let byte = 0; byte < 256; byte++) {
        if (byte === der[at]) continue
        try {
          const { r, s } = parseP256Signature(der.with(at, byte))
          expect(derOf(r, s)).toEqual(der.with(at, byte))
        } catch (error) {
          if (!ColophonError.is(error, 'SIGNATURE_MALFORMED')) throw error
        }
      }
    }
  })
})

test('lowSDer gives the low one of the two, in strict DER, and leaves it alone', () => {
  fc.assert(
    fc.property(scalar(ORDER - 1n), scalar(ORDER >> 1n), (r, s) => {
      expect(lowSDer(derOf(r, s))).toEqual(derOf(r, s))
      expect(lowSDer(derOf(r, ORDER - s))).toEqual(derOf(r, s))
    }),
  )
})

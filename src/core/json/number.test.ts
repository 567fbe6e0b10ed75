import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberToken } from '../../../test/support/any-json.ts'
import { canonicalNumber, isNumberToken, JsonNumber, normalizeDecimal, sameDecimal } from './index.ts'

/** The value times 10^2000, exactly, for exponents of at most three digits: the oracle. */
function scaled(token: string): bigint {
  const [, minus, whole = '', fraction = '', exponent = '0'] =
    /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE](.+))?$/.exec(token) ?? []
  const power = 2000n + BigInt(Number(exponent)) - BigInt(fraction.length)
  return BigInt(whole + fraction) * 10n ** power * (minus === '-' ? -1n : 1n)
}

describe('exact decimals', () => {
  test('are equal exactly where the values are', () => {
    fc.assert(
      fc.property(numberToken, numberToken, (left, right) => {
        expect(sameDecimal(left, right)).toBe(scaled(left) === scaled(right))
        const { negative, digits, exponent } = normalizeDecimal(left)
        expect(sameDecimal(left, `${negative ? '-' : ''}${digits}.00e${exponent}`)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['1.0', '1', true],
    ['0.1e1', '1', true],
    ['10e-1', '1E+0', true],
    ['-0', '0', true],
    ['-0.0e7', '0', true],
    ['0e999999999', '0', true],
    ['9007199254740993', '9007199254740992', false],
    ['1e400', '1e401', false],
    ['1E-400', '0', false],
    ['1', '-1', false],
  ])('%s and %s: %s', (left, right, same) => {
    expect(sameDecimal(left, right)).toBe(same)
  })

  test('an exponent is not expanded, and one of a thousand digits is refused', () => {
    expect(normalizeDecimal('1e999999999')).toEqual({ negative: false, digits: '1', exponent: 999_999_999n })
    expect(normalizeDecimal(`1e${'0'.repeat(5000)}7`).exponent).toBe(7n)
    expect(() => normalizeDecimal(`1e${'9'.repeat(1001)}`)).toThrowCode('JSON_NUMBER_RANGE')
    expect(() => canonicalNumber(`1e-${'9'.repeat(1001)}`)).toThrowCode('JSON_NUMBER_RANGE')
  })
})

describe('the canonical text of a number', () => {
  test('has the very value, is a number itself, and is one for all spellings', () => {
    fc.assert(
      fc.property(numberToken, numberToken, (token, other) => {
        const canonical = canonicalNumber(token)
        expect(isNumberToken(canonical)).toBe(true)
        expect(sameDecimal(token, canonical)).toBe(true)
        expect(canonicalNumber(canonical)).toBe(canonical)
        expect(canonicalNumber(other) === canonical).toBe(sameDecimal(token, other))
      }),
      { numRuns: 500 },
    )
  })

  test('is the one of ECMAScript for every double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(canonicalNumber(String(value))).toBe(String(value))
        expect(canonicalNumber(value.toExponential())).toBe(String(value))
      }),
    )
  })

  test.each([
    ['1.0', '1'],
    ['-0', '0'],
    ['1e21', '1e+21'],
    ['1e20', '100000000000000000000'],
    ['0.0000001', '1e-7'],
    ['9007199254740993', '9007199254740993e0'],
    ['1e400', '1e400'],
    ['-1E-400', '-1e-400'],
    ['0.10000000000000000000000000000001', '10000000000000000000000000000001e-32'],
  ])('%s is %s', (token, canonical) => {
    expect(canonicalNumber(token)).toBe(canonical)
  })
})

test.each(['', '-', '+1', '01', '.1', '1.', '1e', '0x1', ' 1', '1\n', 'NaN', '1_0', '\u0661'])(
  'no number: %j',
  (text) => {
    expect(isNumberToken(text)).toBe(false)
    expect(() => new JsonNumber(text)).toThrow(RangeError)
    expect(() => normalizeDecimal(text)).toThrow(RangeError)
  },
)

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberToken } from '../../../test/support/any-json.ts'
import { canonicalNumber, compareNumbers, isNumberToken, isWholeNumber, JsonNumber } from './index.ts'

/** The value times 10^2000, exactly, for exponents of at most three digits: the oracle. */
function scaled(token: string): bigint {
  const [, minus, whole = '', fraction = '', exponent = '0'] =
    /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE](.+))?$/.exec(token) ?? []
  const power = 2000n + BigInt(Number(exponent)) - BigInt(fraction.length)
  return BigInt(whole + fraction) * 10n ** power * (minus === '-' ? -1n : 1n)
}

describe('the canonical text of a number', () => {
  test('has the very value, is a number itself, and is one for all spellings', () => {
    fc.assert(
      fc.property(numberToken, numberToken, (token, other) => {
        const canonical = canonicalNumber(token)
        expect(isNumberToken(canonical)).toBe(true)
        expect(scaled(canonical)).toBe(scaled(token))
        expect(canonicalNumber(canonical)).toBe(canonical)
        expect(canonicalNumber(other) === canonical).toBe(scaled(token) === scaled(other))
      }),
      { numRuns: 1000 },
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
  ])('of %s and %s is the same: %s', (left, right, same) => {
    expect(canonicalNumber(left) === canonicalNumber(right)).toBe(same)
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

  test('has no expanded exponent, and one of a thousand digits is refused', () => {
    expect(canonicalNumber('1e999999999')).toBe('1e999999999')
    expect(canonicalNumber(`1e${'0'.repeat(5000)}7`)).toBe('10000000')
    for (const sign of ['', '-']) {
      expect(() => canonicalNumber(`1e${sign}${'9'.repeat(1001)}`)).toThrowCode('JSON_NUMBER_RANGE')
    }
    // Otherwise the canonical text had no canonical form.
    expect(() => canonicalNumber(`10e${'9'.repeat(1000)}`)).toThrowCode('JSON_NUMBER_RANGE')
    expect(() => canonicalNumber(`0.1e-${'9'.repeat(1000)}`)).toThrowCode('JSON_NUMBER_RANGE')
  })
})

test.each(['', '-', '+1', '01', '.1', '1.', '1e', '0x1', ' 1', '1\n', 'NaN', '1_0', '\u0661'])(
  'no number: %j',
  (text) => {
    expect(isNumberToken(text)).toBe(false)
    expect(() => new JsonNumber(text)).toThrow(RangeError)
    expect(() => canonicalNumber(text)).toThrow(RangeError)
  },
)

describe('the order of numbers', () => {
  test('is that of their exact values', () => {
    fc.assert(
      fc.property(numberToken, numberToken, (left, right) => {
        const [one, other] = [scaled(left), scaled(right)]
        expect(Math.sign(compareNumbers(left, right))).toBe(one < other ? -1 : one > other ? 1 : 0)
        expect(compareNumbers(left, left)).toBe(0)
      }),
      { numRuns: 1000 },
    )
  })

  test.each([
    ['0.1', '0.10000000000000000555', -1],
    ['0.30000000000000004', '0.3', 1],
    ['9007199254740993', '9007199254740992', 1],
    ['-1e400', '1e-400', -1],
    ['-2', '-1.5', -1],
    ['99', '100', -1],
    ['-0', '0e5', 0],
    ['1e999999999', '9e999999998', 1],
  ])('%s against %s is %s', (left, right, sign) => {
    expect(Math.sign(compareNumbers(left, right))).toBe(sign)
    expect(Math.sign(compareNumbers(right, left))).toBe(0 - sign)
  })

  test.each([
    ['10e-1', true],
    ['1.0', true],
    ['-0', true],
    ['1e400', true],
    ['0.5', false],
    ['1e-400', false],
  ])('%s is whole: %s', (token, whole) => {
    expect(isWholeNumber(token)).toBe(whole)
  })

  test('an exponent beyond all measure is refused', () => {
    expect(() => compareNumbers(`1e1${'0'.repeat(1000)}`, '1')).toThrowCode('JSON_NUMBER_RANGE')
  })
})

/**
 * The own functions agree with the engine's within a few units in the last place.
 *
 * @module
 */
import { expect, test } from 'vitest'
import { cos, exp, log, pow, sin } from './arithmetic.ts'
import { SeededRandom } from './seeded-random.ts'

/** The distance from |x| to the next larger number. */
function unitInLastPlace(x: number): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, Math.abs(x))
  view.setBigUint64(0, view.getBigUint64(0) + 1n)
  return view.getFloat64(0) - Math.abs(x)
}

/** The largest distance between two functions over a range, in units in the last place. */
function largestDistance(
  own: (x: number) => number,
  builtIn: (x: number) => number,
  low: number,
  high: number,
): number {
  const random = new SeededRandom(1)
  let largest = 0
  for (let index = 0; index < 20_000; index += 1) {
    const x = low + (high - low) * random.nextFraction()
    largest = Math.max(largest, Math.abs(own(x) - builtIn(x)) / unitInLastPlace(builtIn(x)))
  }
  return largest
}

test('exp is within two units, from the subnormal to the largest', () => {
  expect(largestDistance(exp, Math.exp, -745, -700)).toBeLessThanOrEqual(2)
  expect(largestDistance(exp, Math.exp, -1, 1)).toBeLessThanOrEqual(2)
  expect(largestDistance(exp, Math.exp, -700, 709.7)).toBeLessThanOrEqual(2)
})

test('log is within two units', () => {
  expect(largestDistance(log, Math.log, 1e-320, 1e-300)).toBeLessThanOrEqual(2)
  expect(largestDistance(log, Math.log, 0.01, 3)).toBeLessThanOrEqual(2)
  expect(largestDistance(log, Math.log, 3, 1e300)).toBeLessThanOrEqual(2)
})

test('sin and cos are within two units', () => {
  expect(largestDistance(sin, Math.sin, -4, 4)).toBeLessThanOrEqual(2)
  expect(largestDistance(cos, Math.cos, -4, 4)).toBeLessThanOrEqual(2)
  expect(largestDistance(sin, Math.sin, -100_000, 100_000)).toBeLessThanOrEqual(2)
  expect(largestDistance(cos, Math.cos, -100_000, 100_000)).toBeLessThanOrEqual(2)
})

test('pow gives the rotary frequencies to twelve digits', () => {
  for (let pair = 0; pair < 32; pair += 1) {
    const expected = 10_000 ** (-pair / 32)
    expect(Math.abs(pow(10_000, -pair / 32) / expected - 1)).toBeLessThan(1e-12)
  }
})

test('special values', () => {
  expect(exp(0)).toBe(1)
  expect(exp(-Infinity)).toBe(0)
  expect(exp(Infinity)).toBe(Infinity)
  expect(exp(710)).toBe(Infinity)
  expect(exp(NaN)).toBeNaN()
  expect(log(1)).toBe(0)
  expect(log(0)).toBe(-Infinity)
  expect(log(Infinity)).toBe(Infinity)
  expect(log(-1)).toBeNaN()
  expect(sin(0)).toBe(0)
  expect(cos(0)).toBe(1)
  expect(sin(Infinity)).toBeNaN()
  expect(pow(5, 0)).toBe(1)
})

/**
 * exp, log, sin, cos and pow from + - * / alone.
 *
 * `Math.exp` and its relatives may differ in the last bit between engines and
 * versions; these functions are the same everywhere, because IEEE 754 fixes
 * the result of each operation they use. Training and inference both call
 * them. The polynomials are those of FreeBSD's msun (fdlibm).
 */

const LN2_HIGH = 6.93147180369123816490e-1
const LN2_LOW = 1.90821492927058770002e-10
const INVERSE_LN2 = 1.44269504088896338700

/** 2^k for k from -1074 to 1023, at index k + 1074. */
const POWERS_OF_TWO: Float64Array = ((): Float64Array => {
  const powers = new Float64Array(2098)
  powers[1074] = 1
  for (let index = 1075; index < 2098; index += 1) powers[index] = powers[index - 1]! * 2
  for (let index = 1073; index >= 0; index -= 1) powers[index] = powers[index + 1]! / 2
  return powers
})()

/** e to the power of `x`. */
export function exp(x: number): number {
  if (!(x > -745.2)) return x !== x ? x : 0
  if (x > 709.782712893384) return Infinity
  const power = (x * INVERSE_LN2 + (x < 0 ? -0.5 : 0.5)) | 0
  const high = x - power * LN2_HIGH
  const low = power * LN2_LOW
  const rest = high - low
  const square = rest * rest
  const series =
    rest -
    square *
      (1.66666666666666019037e-1 +
        square *
          (-2.77777777770155933842e-3 +
            square *
              (6.61375632143793436117e-5 +
                square * (-1.6533902205465251539e-6 + square * 4.13813679705723846039e-8))))
  const result = 1 - (low - (rest * series) / (2 - series) - high)
  if (power > 1023) return result * 2 * POWERS_OF_TWO[power + 1073]!
  if (power < -1021) return result * POWERS_OF_TWO[power + 1174]! * POWERS_OF_TWO[974]!
  return result * POWERS_OF_TWO[power + 1074]!
}

/** The natural logarithm of `x`. */
export function log(x: number): number {
  if (x !== x || x < 0) return NaN
  if (x === 0) return -Infinity
  if (x === Infinity) return Infinity
  // Find k with x = 2^k * m and m in [sqrt(1/2), sqrt(2)), by bisection.
  let low = -1074
  let high = 1024
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (x >= POWERS_OF_TWO[middle + 1074]!) low = middle
    else high = middle
  }
  let power = low
  let mantissa =
    power < -1000 ? (x * POWERS_OF_TWO[1174]!) / POWERS_OF_TWO[power + 1174]! : x / POWERS_OF_TWO[power + 1074]!
  if (mantissa >= 1.4142135623730951) {
    mantissa /= 2
    power += 1
  }
  const fraction = mantissa - 1
  const ratio = fraction / (2 + fraction)
  const square = ratio * ratio
  const fourth = square * square
  const even =
    fourth * (3.999999999940941908e-1 + fourth * (2.222219843214978396e-1 + fourth * 1.531383769920937332e-1))
  const odd =
    square *
    (6.666666666666735130e-1 +
      fourth *
        (2.857142874366239149e-1 + fourth * (1.818357216161805012e-1 + fourth * 1.479819860511658591e-1)))
  const half = 0.5 * fraction * fraction
  return power * LN2_HIGH - (half - (ratio * (half + even + odd) + power * LN2_LOW) - fraction)
}

const HALF_PI_PARTS: readonly [number, number, number] = [
  1.57079632673412561417, 6.07710050630396597660e-11, 2.02226624879595063154e-21,
]
const INVERSE_HALF_PI = 6.36619772367581382433e-1

/** sin on [-pi/4, pi/4]; `tail` is the low part of the argument. */
function sineKernel(x: number, tail: number): number {
  const square = x * x
  const cube = square * x
  const series =
    8.33333333332248946124e-3 +
    square *
      (-1.98412698298579493134e-4 +
        square *
          (2.75573137070700676789e-6 + square * (-2.50507602534068634195e-8 + square * 1.58969099521155010221e-10)))
  return x - (square * (0.5 * tail - cube * series) - tail - cube * -1.66666666666666324348e-1)
}

/** cos on [-pi/4, pi/4]; `tail` is the low part of the argument. */
function cosineKernel(x: number, tail: number): number {
  const square = x * x
  const series =
    square *
    (4.16666666666666019037e-2 +
      square *
        (-1.38888888888741095749e-3 +
          square *
            (2.48015872894767294178e-5 +
              square *
                (-2.75573143513906633035e-7 + square * (2.08757232129817482790e-9 + square * -1.13596475577881948265e-11)))))
  const half = 0.5 * square
  const rounded = 1 - half
  return rounded + (1 - rounded - half + (square * series - x * tail))
}

/** sin of `x + quarterTurns` quarter turns. Accurate for |x| up to about a million. */
function sineOfQuarterTurns(x: number, quarterTurns: number): number {
  if (!(x < Infinity && x > -Infinity)) return NaN
  const turns = Math.floor(x * INVERSE_HALF_PI + 0.5)
  const first = x - turns * HALF_PI_PARTS[0]
  const second = turns * HALF_PI_PARTS[1]
  const middle = first - second
  const third = turns * HALF_PI_PARTS[2] - (first - middle - second)
  const reduced = middle - third
  const tail = middle - reduced - third
  const quadrant = (((turns + quarterTurns) % 4) + 4) % 4
  const value = quadrant % 2 === 0 ? sineKernel(reduced, tail) : cosineKernel(reduced, tail)
  return quadrant < 2 ? value : -value
}

/** The sine of `x` radians. */
export function sin(x: number): number {
  return sineOfQuarterTurns(x, 0)
}

/** The cosine of `x` radians. */
export function cos(x: number): number {
  return sineOfQuarterTurns(x, 1)
}

/** `base` to the power of `exponent`, for a positive base. */
export function pow(base: number, exponent: number): number {
  if (exponent === 0) return 1
  return exp(exponent * log(base))
}

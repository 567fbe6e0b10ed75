/**
 * exp, log, sin, cos and pow from + - * / alone.
 *
 * `Math.exp` and its relatives may differ in the last bit between engines and
 * versions; these functions are the same everywhere, because IEEE 754 fixes
 * the result of each operation they use. Training and inference both call
 * them. The polynomials are those of FreeBSD's msun (fdlibm).
 *
 * @module
 */
// biome-ignore-all lint/style/noNonNullAssertion: indices of number arrays are in range by construction

const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10

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
  if (Number.isNaN(x)) return NaN
  if (x < -745.2) return 0
  if (x > 709.782712893384) return Infinity
  const power = (x * Math.LOG2E + (x < 0 ? -0.5 : 0.5)) | 0
  const high = x - power * LN2_HIGH
  const low = power * LN2_LOW
  const rest = high - low
  const square = rest * rest
  const series =
    rest -
    square *
      (0.16666666666666602 +
        square *
          (-0.0027777777777015593 +
            square * (0.00006613756321437934 + square * (-0.0000016533902205465252 + square * 4.1381367970572385e-8))))
  const result = 1 - (low - (rest * series) / (2 - series) - high)
  if (power > 1023) return result * 2 * POWERS_OF_TWO[power + 1073]!
  if (power < -1021) return result * POWERS_OF_TWO[power + 1174]! * POWERS_OF_TWO[974]!
  return result * POWERS_OF_TWO[power + 1074]!
}

/** The natural logarithm of `x`. */
export function log(x: number): number {
  if (!(x >= 0)) return NaN
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
  if (mantissa >= Math.SQRT2) {
    mantissa /= 2
    power += 1
  }
  const fraction = mantissa - 1
  const ratio = fraction / (2 + fraction)
  const square = ratio * ratio
  const fourth = square * square
  const even = fourth * (0.3999999999940942 + fourth * (0.22222198432149784 + fourth * 0.15313837699209373))
  const odd =
    square *
    (0.6666666666666735 + fourth * (0.2857142874366239 + fourth * (0.1818357216161805 + fourth * 0.14798198605116586)))
  const half = 0.5 * fraction * fraction
  return power * LN2_HIGH - (half - (ratio * (half + even + odd) + power * LN2_LOW) - fraction)
}

const HALF_PI_PARTS: readonly [number, number, number] = [
  1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21,
]
const INVERSE_HALF_PI = 0.6366197723675814

/** sin on [-pi/4, pi/4]; `tail` is the low part of the argument. */
function sineKernel(x: number, tail: number): number {
  const square = x * x
  const cube = square * x
  const series =
    0.00833333333332249 +
    square *
      (-0.0001984126982985795 +
        square * (0.0000027557313707070068 + square * (-2.5050760253406863e-8 + square * 1.58969099521155e-10)))
  return x - (square * (0.5 * tail - cube * series) - tail - cube * -0.16666666666666632)
}

/** cos on [-pi/4, pi/4]; `tail` is the low part of the argument. */
function cosineKernel(x: number, tail: number): number {
  const square = x * x
  const series =
    square *
    (0.0416666666666666 +
      square *
        (-0.001388888888887411 +
          square *
            (0.00002480158728947673 +
              square * (-2.7557314351390663e-7 + square * (2.087572321298175e-9 + square * -1.1359647557788195e-11)))))
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

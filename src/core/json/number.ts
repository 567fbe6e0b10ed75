/**
 * JSON numbers as exact decimals. No token is expanded: `1e999999999` costs what its eleven characters cost.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'

const TOKEN = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?)([0-9]+))?$/

/** Digits of an exponent beyond which a number is refused: arithmetic on longer ones is not linear in their length. */
const MAX_EXPONENT_DIGITS = 1000

/**
 * An exact value in its one form: (negative ? -1 : 1) * digits * 10^exponent, where `digits` is a whole number that
 * neither begins nor ends with 0. Zero, also -0, is `{ negative: false, digits: '0', exponent: 0n }`.
 */
interface Decimal {
  readonly negative: boolean
  readonly digits: string
  readonly exponent: bigint
}

/** Whether a text is a number of RFC 8259 section 6. */
export function isNumberToken(text: string): boolean {
  return TOKEN.test(text)
}

/**
 * The canonical text of a number token: one per value.
 *
 * RFC 8785 section 3.2.2.3 (the number as ECMAScript writes it) where that text has exactly the token's value; -0 is
 * `0`. Differs from RFC 8785 where it would round: there the text is the exact `<digits>e<exponent>` of
 * `normalizeDecimal`, so 9007199254740993 becomes `9007199254740993e0` and 1e400 becomes `1e400`. Either text, read as
 * a decimal, has the token's own value; so texts of different values differ.
 *
 * @throws {RangeError} the token is no JSON number
 * @throws {ColophonError} JSON_NUMBER_RANGE  the exponent has more than 1,000 digits, as it is written or in that text
 */
export function canonicalNumber(token: string): string {
  const { negative, digits, exponent } = normalizeDecimal(token)
  const rounded = Number(token)
  if (Number.isFinite(rounded)) {
    const text = String(rounded)
    const back = normalizeDecimal(text)
    if (back.negative === negative && back.digits === digits && back.exponent === exponent) return text
  }
  // A canonical text has a canonical form, itself; so its exponent has no more digits than one that is read.
  checkExponent(String(exponent).replace('-', '').length)
  return `${negative ? '-' : ''}${digits}e${exponent}`
}

/**
 * How the values of two number tokens compare, exactly: below 0, 0 or above 0.
 *
 * @throws {RangeError} a token is no JSON number
 * @throws {ColophonError} JSON_NUMBER_RANGE  an exponent has more than 1,000 digits
 */
export function compareNumbers(left: string, right: string): number {
  const [one, other] = [normalizeDecimal(left), normalizeDecimal(right)]
  const [sign, otherSign] = [signOf(one), signOf(other)]
  if (sign !== otherSign) return sign - otherSign
  if (sign === 0) return 0
  return sign > 0 ? compareMagnitudes(one, other) : compareMagnitudes(other, one)
}

/** Whether a number token's value is a whole number: 1, 1.0 and 10e-1 are, 0.5 is not. @throws as `compareNumbers` */
export function isWholeNumber(token: string): boolean {
  return normalizeDecimal(token).exponent >= 0n
}

const signOf = ({ negative, digits }: Decimal): number => (digits === '0' ? 0 : negative ? -1 : 1)

function compareMagnitudes(one: Decimal, other: Decimal): number {
  // The places of the first digits; where they are the same, digits compare like text, as they end with no 0.
  const [place, otherPlace] = [one, other].map(({ digits, exponent }) => BigInt(digits.length) + exponent) as [
    bigint,
    bigint,
  ]
  if (place !== otherPlace) return place < otherPlace ? -1 : 1
  return one.digits === other.digits ? 0 : one.digits < other.digits ? -1 : 1
}

/** @throws {ColophonError} JSON_NUMBER_RANGE */
function checkExponent(digits: number): void {
  if (digits <= MAX_EXPONENT_DIGITS) return
  throw new ColophonError(
    'JSON_NUMBER_RANGE',
    `the exponent of a number has ${digits} digits, want at most ${MAX_EXPONENT_DIGITS}`,
  )
}

/** The exact value of a number token. */
function normalizeDecimal(token: string): Decimal {
  const match = TOKEN.exec(token)
  if (match === null) throw new RangeError('token: want a JSON number')
  const [, minus, whole = '', fraction = '', exponentSign, exponentDigits = ''] = match
  const digits = whole + fraction
  // Loops, since a regular expression for trailing zeros takes quadratic time.
  let from = 0
  while (from < digits.length && digits.charCodeAt(from) === 0x30) from++
  if (from === digits.length) return { negative: false, digits: '0', exponent: 0n }
  let to = digits.length
  while (digits.charCodeAt(to - 1) === 0x30) to--

  let skip = 0
  while (skip < exponentDigits.length && exponentDigits.charCodeAt(skip) === 0x30) skip++
  checkExponent(exponentDigits.length - skip)
  const written = BigInt(exponentDigits.slice(skip) || '0')
  const exponent = (exponentSign === '-' ? -written : written) + BigInt(digits.length - to - fraction.length)
  return { negative: minus === '-', digits: digits.slice(from, to), exponent }
}

/**
 * JSON as values of CEL (`docs/spec/policy.md`, "Numbers").
 *
 * A whole number that fits into 64 bits is an `int`, exact. Any other number is a `double`: the nearest one, as a rule's
 * own `0.3` is. Objects have no prototype, so that `__proto__` is a key like any other.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import { canonicalNumber, JsonNumber, type JsonValue } from '../json/index.ts'

export type CelValue =
  | null
  | boolean
  | string
  | bigint
  | number
  | readonly CelValue[]
  | { readonly [name: string]: CelValue }

const MAX_INT = (1n << 63n) - 1n
const MIN_INT = -(1n << 63n)

/** Recursion is bounded by the depth that JSON may have. */
export function celValueOf(value: JsonValue): CelValue {
  if (value instanceof JsonNumber) return celNumberOf(value.token)
  if (value instanceof Map) {
    const object: { [name: string]: CelValue } = Object.create(null)
    for (const [name, member] of value) object[name] = celValueOf(member)
    return object
  }
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(celValueOf)
  return value as null | boolean | string
}

/** Canonical text of a number is its digits, or, beyond what ECMAScript writes exactly, digits and an exponent. */
const WHOLE = /^(-?[0-9]{1,19})(?:e([0-9]{1,2}))?$/

function celNumberOf(token: string): bigint | number {
  const [, digits, exponent = '0'] = WHOLE.exec(canonicalTextOf(token)) ?? []
  if (digits === undefined) return Number(token)
  const whole = BigInt(digits) * 10n ** BigInt(exponent)
  return whole >= MIN_INT && whole <= MAX_INT ? whole : Number(token)
}

/** None of a number whose exponent has more than 1,000 digits: as a double it is infinite, or zero. */
function canonicalTextOf(token: string): string {
  try {
    return canonicalNumber(token)
  } catch (error) {
    if (!ColophonError.is(error, 'JSON_NUMBER_RANGE')) throw error
    return ''
  }
}

/** How much there is of a value: its values, and the code units of its texts and names. */
export function sizeOfValue(value: CelValue): { readonly items: number; readonly units: number } {
  if (typeof value === 'string') return { items: 1, units: value.length }
  if (typeof value !== 'object' || value === null) return { items: 1, units: 1 }
  let items = 1
  let units = 0
  for (const [name, member] of Object.entries(value)) {
    const size = sizeOfValue(member)
    items += size.items
    units += size.units + name.length
  }
  return { items, units }
}

/**
 * RFC 8785, JSON Canonicalization Scheme (https://www.rfc-editor.org/rfc/rfc8785): the one text of a value. No white
 * space, keys sorted by UTF-16 code units, strings and numbers as ECMAScript writes them; numbers that this would round
 * keep their exact value (see `canonicalNumber`). No Unicode normalization.
 *
 * @module
 */
import { encodeUtf8 } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { DEFAULT_JSON_LIMITS } from './limits.ts'
import { canonicalNumber } from './number.ts'
import { JsonNumber } from './value.ts'

/**
 * What can be written. Objects are Maps with text keys or plain objects, of which own enumerable members count; `toJSON`
 * is a member like any other. A member that is `undefined` is refused: in a signed document it would be unclear whether
 * it is there.
 */
export type CanonicalInput = null | boolean | string | number | object

export interface CanonicalizeOptions {
  /** Containers inside one another; 128 if left out. Cyclic values exceed any. */
  readonly maxDepth?: number | undefined
}

/**
 * UTF-8 of the canonical text of a value.
 *
 * @throws {ColophonError} JSON_LONE_SURROGATE, JSON_TOO_DEEP, JSON_NUMBER_RANGE
 * @throws {TypeError} something that is not JSON: undefined, a function, NaN, an instance of a class
 */
export function canonicalize(value: CanonicalInput, options: CanonicalizeOptions = {}): Uint8Array {
  return encodeUtf8(canonicalText(value, options))
}

interface Frame {
  /** Sorted keys of an object, undefined of an array. */
  readonly keys: readonly string[] | undefined
  readonly values: readonly unknown[]
  index: number
}

/**
 * The canonical text of a value.
 *
 * @throws as `canonicalize`
 */
export function canonicalText(value: CanonicalInput, options: CanonicalizeOptions = {}): string {
  const maxDepth = options.maxDepth ?? DEFAULT_JSON_LIMITS.maxDepth
  const open: Frame[] = []
  let text = ''
  let current: unknown = value
  for (;;) {
    const frame = typeof current === 'object' && current !== null ? frameOf(current) : undefined
    if (frame === undefined) {
      text += scalarText(current)
    } else {
      if (open.length >= maxDepth) throw new ColophonError('JSON_TOO_DEEP', `a value is nested deeper than ${maxDepth}`)
      open.push(frame)
      text += frame.keys === undefined ? '[' : '{'
    }
    // Up to the next member or element that is left to write.
    let top = open.at(-1)
    while (top !== undefined && top.index === top.values.length) {
      text += top.keys === undefined ? ']' : '}'
      open.pop()
      top = open.at(-1)
    }
    if (top === undefined) return text
    if (top.index > 0) text += ','
    if (top.keys !== undefined) text += `${stringText(top.keys[top.index] as string)}:`
    current = top.values[top.index++]
  }
}

function frameOf(value: object): Frame | undefined {
  if (value instanceof JsonNumber) return undefined
  // Array.from: a hole becomes undefined, which is refused.
  if (Array.isArray(value)) return { keys: undefined, values: Array.from(value), index: 0 }
  if (value instanceof Map) {
    const map = value as ReadonlyMap<unknown, unknown>
    const keys = [...map.keys()]
    if (!keys.every((key) => typeof key === 'string'))
      throw new TypeError('value: a Map has a key that is not a string')
    keys.sort(byUtf16)
    return { keys, values: keys.map((key) => map.get(key)), index: 0 }
  }
  if (!isPlain(value)) throw new TypeError('value: an object is neither plain nor an array nor a Map')
  const keys = Object.keys(value).sort(byUtf16)
  // Each member is read once, so that a getter cannot answer twice.
  return { keys, values: keys.map((key) => (value as Record<string, unknown>)[key]), index: 0 }
}

/** RFC 8785 section 3.2.3. The comparison of ECMAScript is by UTF-16 code units. */
function byUtf16(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  // The second test admits plain objects of another realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function scalarText(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return stringText(value)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (value instanceof JsonNumber) return canonicalNumber(value.token)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('value: a number is not finite')
    return String(value)
  }
  throw new TypeError(`value: ${typeof value} is not JSON`)
}

// With the flag u this matches halves only, not pairs.
const LONE_SURROGATE = /[\ud800-\udfff]/u

/** RFC 8785 section 3.2.2.2: what JSON.stringify writes for a well-formed string. */
function stringText(text: string): string {
  if (LONE_SURROGATE.test(text)) throw new ColophonError('JSON_LONE_SURROGATE', 'a string has half of a surrogate pair')
  return JSON.stringify(text)
}

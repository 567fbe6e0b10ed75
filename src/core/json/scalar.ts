/**
 * Reading single values of our own documents strictly: the type, the form and the range, or SCHEMA_MISMATCH with the
 * JSON Pointer and what was wanted.
 *
 * @module
 */
import { decodeBase64, decodeHex, parseTime } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { JsonNumber, type JsonValue } from './value.ts'

/** A value and the JSON Pointer where it stands. */
export interface Located {
  readonly value: JsonValue
  readonly at: string
}

export interface StringOptions {
  /** Most UTF-16 code units. */
  readonly max?: number
  /** What the text must match; anchor it. */
  readonly pattern?: RegExp
}

const QUOTED = 40
/** A misspelt word is quoted, where one of a few was wanted. Prompts, keys and blinds are longer, or no words. */
const WORD = /^[A-Za-z][\w.:/+-]{0,31}$/
const WHOLE = /^(0|[1-9][0-9]*)$/
const I64_LIMIT = 2n ** 63n

/** Any text. */
export function readString({ value, at }: Located, options: StringOptions = {}): string {
  if (typeof value !== 'string') throw mismatch({ value, at }, 'a string')
  if (options.max !== undefined && value.length > options.max) {
    throw new ColophonError('SCHEMA_MISMATCH', `string has ${value.length} characters, want at most ${options.max}`, {
      at,
    })
  }
  if (options.pattern !== undefined && value.search(options.pattern) < 0) {
    throw mismatch({ value, at }, `a string of the form ${options.pattern.source}`)
  }
  return value
}

/** Lowercase hexadecimal of so many bytes; the text. */
export function readHex({ value, at }: Located, sizeBytes: number): string {
  const text = readString({ value, at })
  return decoded({ value, at }, `${sizeBytes} bytes in lowercase hexadecimal`, () => {
    decodeHex(text, { sizeBytes })
    return text
  })
}

/** Canonical base64 with padding; the bytes. */
export function readBase64({ value, at }: Located, options: { readonly sizeBytes?: number } = {}): Uint8Array {
  const text = readString({ value, at })
  const { sizeBytes } = options
  const want = sizeBytes === undefined ? 'canonical base64' : `${sizeBytes} bytes in canonical base64`
  return decoded({ value, at }, want, () => decodeBase64(text, { sizeBytes }))
}

/** A JSON number without sign, fraction, exponent or leading zeros, at most 2^53 - 1. */
export function readInteger(
  { value, at }: Located,
  options: { readonly min?: number; readonly max?: number } = {},
): number {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = options
  // 16 digits: what is longer exceeds 2^53 - 1.
  const token = value instanceof JsonNumber && value.token.length <= 16 ? value.token : ''
  const integer = WHOLE.test(token) ? Number(token) : Number.NaN
  if (Number.isSafeInteger(integer) && integer >= min && integer <= max) return integer
  throw mismatch({ value, at }, `an integer from ${min} to ${max}`)
}

/** A JSON string with a decimal integer below 2^63, without sign or leading zeros. */
export function readDecimalString({ value, at }: Located): bigint {
  // 19 digits: what is longer exceeds 2^63.
  const integer = typeof value === 'string' && value.length <= 19 && WHOLE.test(value) ? BigInt(value) : I64_LIMIT
  if (integer >= I64_LIMIT) throw mismatch({ value, at }, 'a string with a decimal integer below 2^63')
  return integer
}

/** true or false. */
export function readBoolean({ value, at }: Located): boolean {
  if (typeof value !== 'boolean') throw mismatch({ value, at }, 'true or false')
  return value
}

/**
 * A time of the form 2026-01-31T00:00:00.000Z; the text.
 *
 * @throws {ColophonError} TIME_MALFORMED  a string that is no such time
 */
export function readTime({ value, at }: Located): string {
  const text = readString({ value, at })
  parseTime(text, { at })
  return text
}

/** One of these texts. */
export function readOneOf<const T extends readonly string[]>({ value, at }: Located, choices: T): T[number] {
  if (typeof value === 'string' && choices.includes(value)) return value
  const want = choices.map((choice) => JSON.stringify(choice)).join(' or ')
  const got = typeof value === 'string' && WORD.test(value) ? `"${value}"` : described(value)
  throw new ColophonError('SCHEMA_MISMATCH', `got ${got}, want ${want}`, { at })
}

/** The elements of an array, each with its pointer. */
export function readArray({ value, at }: Located, options: { readonly max?: number } = {}): Located[] {
  if (!Array.isArray(value)) throw mismatch({ value, at }, 'an array')
  const items = value as readonly JsonValue[]
  if (options.max !== undefined && items.length > options.max) {
    throw new ColophonError('SCHEMA_MISMATCH', `array has ${items.length} elements, want at most ${options.max}`, {
      at,
    })
  }
  return items.map((item, index) => ({ value: item, at: `${at}/${index}` }))
}

/** The error for a value that is not what was wanted. */
export function mismatch({ value, at }: Located, want: string, cause?: unknown): ColophonError {
  return new ColophonError('SCHEMA_MISMATCH', `got ${described(value)}, want ${want}`, { at, cause })
}

function decoded<T>(located: Located, want: string, decode: () => T): T {
  try {
    return decode()
  } catch (cause) {
    throw mismatch(located, want, cause)
  }
}

/** Never a text: what stands where it should not may be a prompt, or a blind that is a digit short. */
function described(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (value instanceof JsonNumber) return excerpt(value.token)
  if (typeof value === 'string') return value === '' ? 'an empty string' : `a string of ${value.length} characters`
  return Array.isArray(value) ? 'an array' : 'an object'
}

/** The digits of a number, at most 40. */
const excerpt = (token: string): string => (token.length > QUOTED ? `${token.slice(0, QUOTED)}...` : token)

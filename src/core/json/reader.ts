/**
 * Reading objects of our own documents strictly: every member is asked for by name, and whatever was not asked for is
 * refused by `end()`.
 *
 * ```ts
 * const reader = readObject(value, '')
 * const name = reader.string('name', { max: 64 })
 * const size = reader.optional('size', (member) => member.integer('size'))
 * reader.end()
 * ```
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import { appendPointer } from './pointer.ts'
import {
  type Located,
  mismatch,
  readArray,
  readBase64,
  readBoolean,
  readDecimalString,
  readHex,
  readInteger,
  readOneOf,
  readString,
  readTime,
  type StringOptions,
} from './scalar.ts'
import type { JsonObject, JsonValue } from './value.ts'

/**
 * A reader of an object.
 *
 * @param at  JSON Pointer of the value, '' for a whole document
 * @throws {ColophonError} SCHEMA_MISMATCH  the value is no object
 */
export function readObject(value: JsonValue, at: string): ObjectReader {
  if (!(value instanceof Map)) throw mismatch({ value, at }, 'an object')
  return new ObjectReader(value, at)
}

/** Every method throws SCHEMA_MISMATCH with `at`: the member is missing or not what was wanted. */
export class ObjectReader {
  /** JSON Pointer of the object. */
  readonly at: string
  readonly #members: JsonObject
  readonly #asked = new Set<string>()

  constructor(members: JsonObject, at: string) {
    this.#members = members
    this.at = at
  }

  /** Any text. */
  string(name: string, options?: StringOptions): string {
    return readString(this.#located(name, 'a string'), options)
  }

  /** Lowercase hexadecimal of so many bytes; the text. */
  hex(name: string, sizeBytes: number): string {
    return readHex(this.#located(name, 'hexadecimal'), sizeBytes)
  }

  /** Canonical base64 with padding; the bytes. */
  base64(name: string, options?: { readonly sizeBytes?: number }): Uint8Array {
    return readBase64(this.#located(name, 'base64'), options)
  }

  /** A JSON number without sign, fraction, exponent or leading zeros, at most 2^53 - 1. */
  integer(name: string, options?: { readonly min?: number; readonly max?: number }): number {
    return readInteger(this.#located(name, 'an integer'), options)
  }

  /** A JSON string with a decimal integer below 2^63. */
  decimalString(name: string): bigint {
    return readDecimalString(this.#located(name, 'a decimal integer in a string'))
  }

  boolean(name: string): boolean {
    return readBoolean(this.#located(name, 'true or false'))
  }

  /** A time of the form 2026-01-31T00:00:00.000Z; the text. A string that is none: TIME_MALFORMED. */
  time(name: string): string {
    return readTime(this.#located(name, 'a time'))
  }

  /** One of these texts. */
  oneOf<const T extends readonly string[]>(name: string, choices: T): T[number] {
    return readOneOf(this.#located(name, 'a string'), choices)
  }

  /** This very text. */
  literal<const T extends string>(name: string, text: T): T {
    return readOneOf(this.#located(name, JSON.stringify(text)), [text])
  }

  /** A reader of an object inside this one. It needs an `end()` of its own. */
  object(name: string): ObjectReader {
    const { value, at } = this.#located(name, 'an object')
    return readObject(value, at)
  }

  /** The elements of an array, each with its pointer. */
  array(name: string, options?: { readonly max?: number }): Located[] {
    return readArray(this.#located(name, 'an array'), options)
  }

  /** A value of any type. */
  value(name: string): JsonValue {
    return this.#located(name, 'a value').value
  }

  /** Whether the member is there. Does not count as asking for it. */
  has(name: string): boolean {
    return this.#members.has(name)
  }

  /**
   * What `read` makes of a member, or undefined if it is not there. `null` is there.
   *
   * @param read  is given this reader and the name: `reader.optional('size', (member, name) => member.integer(name))`
   */
  optional<T>(name: string, read: (reader: this, name: string) => T): T | undefined {
    return this.has(name) ? read(this, name) : undefined
  }

  /** All members of an object whose names are free, in document order. Counts as asking for each. */
  members(): (Located & { readonly name: string })[] {
    return [...this.#members].map(([name, value]) => {
      this.#asked.add(name)
      return { name, value, at: appendPointer(this.at, name) }
    })
  }

  /** Refuses members that nobody asked for. */
  end(): void {
    for (const name of this.#members.keys()) {
      if (this.#asked.has(name)) continue
      throw new ColophonError('SCHEMA_MISMATCH', 'an object has an unknown member', {
        at: appendPointer(this.at, name),
      })
    }
  }

  #located(name: string, want: string): Located {
    const at = appendPointer(this.at, name)
    const value = this.#members.get(name)
    if (value === undefined) throw new ColophonError('SCHEMA_MISMATCH', `member is missing, want ${want}`, { at })
    this.#asked.add(name)
    return { value, at }
  }
}

/**
 * Building byte strings of fixed layout: what is hashed as a leaf, an identity or a commitment.
 *
 * Integers are big-endian. What has a variable length is preceded by it, so that no two sequences of calls of the same
 * shape give the same bytes.
 *
 * @module
 */
import { encodeUtf8 } from './utf8.ts'

const U32_MAX = 0xffff_ffff
const U64_MAX = 0xffff_ffff_ffff_ffffn
const TAG = /^[\x20-\x7e]+$/

/** A growing buffer. Every method returns the writer, so that calls chain. */
export class ByteWriter {
  #buffer: Uint8Array
  #view: DataView
  #size = 0

  /** @param capacity  bytes to set aside at first; it grows */
  constructor(capacity = 256) {
    if (!Number.isSafeInteger(capacity) || capacity < 0) throw new RangeError('capacity: want a size in bytes')
    this.#buffer = new Uint8Array(capacity)
    this.#view = new DataView(this.#buffer.buffer)
  }

  /** Bytes written so far. */
  get sizeBytes(): number {
    return this.#size
  }

  /** One byte, 0 to 255. */
  u8(value: number): this {
    if (!Number.isInteger(value) || value < 0 || value > 255) throw new RangeError('value: want an integer of 8 bits')
    const at = this.#grow(1)
    this.#buffer[at] = value
    return this
  }

  /** Four bytes, big-endian, 0 to 2^32 - 1. */
  u32(value: number): this {
    if (!Number.isInteger(value) || value < 0 || value > U32_MAX) {
      throw new RangeError('value: want an integer of 32 bits')
    }
    const at = this.#grow(4)
    this.#view.setUint32(at, value)
    return this
  }

  /** Eight bytes, big-endian, 0 to 2^64 - 1; a number up to 2^53 - 1. */
  u64(value: number | bigint): this {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) {
      throw new RangeError('value: want a safe integer or a bigint')
    }
    const wide = BigInt(value)
    if (wide < 0n || wide > U64_MAX) throw new RangeError('value: want an integer of 64 bits')
    const at = this.#grow(8)
    this.#view.setBigUint64(at, wide)
    return this
  }

  /** Bytes as they are, without a length. */
  raw(bytes: Uint8Array): this {
    const at = this.#grow(bytes.length)
    this.#buffer.set(bytes, at)
    return this
  }

  /** The length as u32, then the bytes. */
  prefixed(bytes: Uint8Array): this {
    return this.u32(bytes.length).raw(bytes)
  }

  /**
   * The length of the UTF-8 as u32, then the UTF-8.
   *
   * @throws {ColophonError} UTF8_MALFORMED  the text has half of a surrogate pair
   */
  text(text: string): this {
    return this.prefixed(encodeUtf8(text))
  }

  /** A domain tag: printable ASCII, then 0x0a, which no tag contains. */
  tag(tag: string): this {
    if (!TAG.test(tag)) throw new RangeError('tag: want printable ASCII')
    return this.raw(encodeUtf8(tag)).u8(0x0a)
  }

  /** A copy of what was written. The writer can go on. */
  finish(): Uint8Array {
    return this.#buffer.slice(0, this.#size)
  }

  #grow(sizeBytes: number): number {
    const at = this.#size
    const needed = at + sizeBytes
    if (needed > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(needed, this.#buffer.length * 2))
      larger.set(this.#buffer.subarray(0, at))
      this.#buffer = larger
      this.#view = new DataView(larger.buffer)
    }
    this.#size = needed
    return at
  }
}

/**
 * A strict, bounded reader of GGUF version 3 files with F32 tensors.
 *
 * Every length is checked against the bytes that are left before anything is
 * made from it. A file that breaks a rule is refused as a whole, with the
 * reason. Little-endian; other tensor types than F32 are refused.
 *
 * @module
 */

const MAGIC = 0x46554747
const VERSION = 3
const TYPE_UINT32 = 4
const TYPE_STRING = 8
const TYPE_ARRAY = 9
const MOST_ENTRIES = 65_536
const MOST_DIMENSIONS = 4

/** A value of the metadata. 64-bit integers beyond 2^53 are refused. */
export type GgufValue = number | boolean | string | readonly (number | boolean | string)[]

/** One tensor; the first dimension is the contiguous one, as GGUF states it. */
export interface GgufTensor {
  readonly dimensions: readonly number[]
  readonly data: Float32Array
}

/** What a file holds. */
export interface GgufFile {
  readonly metadata: ReadonlyMap<string, GgufValue>
  readonly tensors: ReadonlyMap<string, GgufTensor>
}

/** Why a file was refused. */
export class GgufError extends Error {
  override readonly name: string = 'GgufError'
}

interface TensorEntry {
  readonly name: string
  readonly dimensions: readonly number[]
  readonly count: number
  readonly offset: number
}

/** Reads a whole file from memory. */
export function readGguf(bytes: Uint8Array): GgufFile {
  const reader = new ByteReader(bytes)
  if (reader.uint32() !== MAGIC) throw new GgufError('not a GGUF file')
  const version = reader.uint32()
  if (version !== VERSION) throw new GgufError(`GGUF version ${version} is not supported`)
  const tensorCount = reader.count('tensors')
  const entryCount = reader.count('metadata entries')
  const metadata = new Map<string, GgufValue>()
  for (let index = 0; index < entryCount; index += 1) {
    const key = reader.string()
    if (metadata.has(key)) throw new GgufError(`metadata key ${key} occurs twice`)
    metadata.set(key, reader.value(reader.uint32()))
  }
  const alignment = metadata.get('general.alignment') ?? 32
  if (typeof alignment !== 'number' || alignment < 8 || alignment > 4096 || alignment % 8 !== 0) {
    throw new GgufError('the alignment is out of range')
  }
  const entries = Array.from({ length: tensorCount }, () => readTensorEntry(reader))
  return { metadata, tensors: readTensors(reader, entries, alignment) }
}

function readTensorEntry(reader: ByteReader): TensorEntry {
  const name = reader.string()
  const dimensionCount = reader.uint32()
  if (dimensionCount < 1 || dimensionCount > MOST_DIMENSIONS) {
    throw new GgufError(`tensor ${name} has ${dimensionCount} dimensions`)
  }
  const dimensions = Array.from({ length: dimensionCount }, () => reader.uint64())
  let count = 1
  for (const size of dimensions) {
    count *= size
    if (size < 1 || count > reader.size) throw new GgufError(`the size of tensor ${name} is out of range`)
  }
  const type = reader.uint32()
  if (type !== 0) throw new GgufError(`tensor ${name} is of type ${type}; only F32 is supported`)
  return { name, dimensions, count, offset: reader.uint64() }
}

function readTensors(reader: ByteReader, entries: readonly TensorEntry[], alignment: number): Map<string, GgufTensor> {
  const start = Math.ceil(reader.position / alignment) * alignment
  const tensors = new Map<string, GgufTensor>()
  let end = 0
  for (const { name, dimensions, count, offset } of entries) {
    if (tensors.has(name)) throw new GgufError(`tensor ${name} occurs twice`)
    if (offset % alignment !== 0) throw new GgufError(`tensor ${name} is not aligned`)
    if (offset < end) throw new GgufError(`tensor ${name} overlaps the one before it`)
    end = offset + count * 4
    tensors.set(name, { dimensions, data: reader.floats(start + offset, count, name) })
  }
  return tensors
}

/** Reads little-endian values one after the other and never past the end. */
class ByteReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  position: number = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get size(): number {
    return this.#bytes.length
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true)
  }

  uint64(): number {
    return toSafeNumber(this.#view.getBigUint64(this.#take(8), true))
  }

  count(what: string): number {
    const count = this.uint64()
    if (count > MOST_ENTRIES) throw new GgufError(`${count} ${what} are too many`)
    return count
  }

  string(): string {
    const length = this.uint64()
    const start = this.#take(length)
    try {
      return this.#text.decode(this.#bytes.subarray(start, start + length))
    } catch {
      throw new GgufError('a string is not valid UTF-8')
    }
  }

  value(type: number): GgufValue {
    if (type !== TYPE_ARRAY) return this.#scalar(type)
    const elementType = this.uint32()
    if (elementType === TYPE_ARRAY) throw new GgufError('an array of arrays is not supported')
    const length = this.count('array elements')
    return Array.from({ length }, () => this.#scalar(elementType))
  }

  floats(start: number, count: number, name: string): Float32Array {
    if (start + count * 4 > this.#bytes.length) throw new GgufError(`tensor ${name} runs past the end of the file`)
    const data = new Float32Array(count)
    for (let index = 0; index < count; index += 1) {
      const value = this.#view.getFloat32(start + index * 4, true)
      if (!(value < Infinity && value > -Infinity))
        throw new GgufError(`tensor ${name} holds a value that is not finite`)
      data[index] = value
    }
    return data
  }

  #scalar(type: number): number | boolean | string {
    const view = this.#view
    switch (type) {
      case 0:
        return view.getUint8(this.#take(1))
      case 1:
        return view.getInt8(this.#take(1))
      case 2:
        return view.getUint16(this.#take(2), true)
      case 3:
        return view.getInt16(this.#take(2), true)
      case TYPE_UINT32:
        return this.uint32()
      case 5:
        return view.getInt32(this.#take(4), true)
      case 6:
        return view.getFloat32(this.#take(4), true)
      case 7:
        return this.#boolean()
      case TYPE_STRING:
        return this.string()
      case 10:
        return this.uint64()
      case 11:
        return toSafeNumber(view.getBigInt64(this.#take(8), true))
      case 12:
        return view.getFloat64(this.#take(8), true)
      default:
        throw new GgufError(`metadata type ${type} is unknown`)
    }
  }

  #boolean(): boolean {
    const byte = this.#view.getUint8(this.#take(1))
    if (byte > 1) throw new GgufError('a boolean is neither 0 nor 1')
    return byte === 1
  }

  /** Moves past `length` bytes and returns where they start. */
  #take(length: number): number {
    const start = this.position
    if (length > this.#bytes.length - start) throw new GgufError('the file ends too early')
    this.position = start + length
    return start
  }
}

function toSafeNumber(value: bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new GgufError('a 64-bit integer is out of range')
  return number
}

/**
 * The reader takes a well-formed file and refuses each kind of malformed one.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GgufError, readGguf } from './gguf.ts'
import { loadModel } from './model.ts'

/** Little-endian bytes of each part: [bytes, value]. */
type Part = readonly ['u8' | 'u32' | 'u64' | 'f32', number] | string

function build(parts: readonly Part[]): Uint8Array {
  const bytes: number[] = []
  const put = (size: number, write: (view: DataView) => void): void => {
    const view = new DataView(new ArrayBuffer(size))
    write(view)
    bytes.push(...new Uint8Array(view.buffer))
  }
  for (const part of parts) {
    if (typeof part === 'string') {
      const text = new TextEncoder().encode(part)
      put(8, (view) => view.setBigUint64(0, BigInt(text.length), true))
      bytes.push(...text)
    } else if (part[0] === 'u8') bytes.push(part[1])
    else if (part[0] === 'u32') put(4, (view) => view.setUint32(0, part[1], true))
    else if (part[0] === 'u64') put(8, (view) => view.setBigUint64(0, BigInt(part[1]), true))
    else put(4, (view) => view.setFloat32(0, part[1], true))
  }
  return Uint8Array.from(bytes)
}

const MAGIC: Part = ['u32', 0x46554747]
const header = (tensors: number, entries: number): Part[] => [MAGIC, ['u32', 3], ['u64', tensors], ['u64', entries]]
const tensor = (name: string, size: number, offset: number): Part[] => [
  name,
  ['u32', 1],
  ['u64', size],
  ['u32', 0],
  ['u64', offset],
]

function padded(parts: readonly Part[], floats: readonly number[]): Uint8Array {
  const head = build(parts)
  const tail = build(floats.map((value) => ['f32', value] as const))
  const start = Math.ceil(head.length / 32) * 32
  const bytes = new Uint8Array(start + tail.length)
  bytes.set(head)
  bytes.set(tail, start)
  return bytes
}

test('metadata and tensors are read', () => {
  const file = readGguf(
    padded(
      [...header(1, 2), 'name', ['u32', 8], 'tiny', 'flag', ['u32', 7], ['u8', 1], ...tensor('t', 2, 0)],
      [1.5, -2],
    ),
  )
  expect(file.metadata.get('name')).toBe('tiny')
  expect(file.metadata.get('flag')).toBe(true)
  expect(file.tensors.get('t')).toEqual({ dimensions: [2], data: Float32Array.of(1.5, -2) })
})

const REFUSED: readonly (readonly [string, Uint8Array, string])[] = [
  ['nothing', new Uint8Array(0), 'ends too early'],
  ['another magic', build([['u32', 1]]), 'not a GGUF file'],
  ['another version', build([MAGIC, ['u32', 2]]), 'version 2'],
  ['no counts', build([MAGIC, ['u32', 3]]), 'ends too early'],
  ['a huge count', build(header(2 ** 40, 0)), 'too many'],
  ['a huge string', build([...header(0, 1), ['u64', 2 ** 50]]), 'ends too early'],
  [
    'an unsafe integer',
    build([...header(0, 1), 'k', ['u32', 10], ['u32', 0xffffffff], ['u32', 0xffffffff]]),
    'out of range',
  ],
  ['a key twice', build([...header(0, 2), 'k', ['u32', 7], ['u8', 1], 'k', ['u32', 7], ['u8', 1]]), 'occurs twice'],
  ['an unknown type', build([...header(0, 1), 'k', ['u32', 13]]), 'unknown'],
  ['a boolean of 2', build([...header(0, 1), 'k', ['u32', 7], ['u8', 2]]), 'neither 0 nor 1'],
  ['an array of arrays', build([...header(0, 1), 'k', ['u32', 9], ['u32', 9], ['u64', 1]]), 'array of arrays'],
  ['a string not UTF-8', build([...header(0, 1), ['u64', 1], ['u8', 0xff]]), 'not valid UTF-8'],
  ['no dimensions', build([...header(1, 0), 't', ['u32', 0]]), '0 dimensions'],
  ['a tensor beyond the file', padded([...header(1, 0), ...tensor('t', 3, 0)], [1, 2]), 'past the end'],
  ['a tensor not aligned', padded([...header(1, 0), ...tensor('t', 1, 4)], [1, 2]), 'not aligned'],
  [
    'a tensor twice',
    padded([...header(2, 0), ...tensor('t', 1, 0), ...tensor('t', 1, 32)], new Array(9).fill(0)),
    'twice',
  ],
  [
    'tensors that overlap',
    padded([...header(2, 0), ...tensor('a', 9, 0), ...tensor('b', 1, 32)], new Array(9).fill(0)),
    'overlaps',
  ],
  ['a value not finite', padded([...header(1, 0), ...tensor('t', 1, 0)], [NaN]), 'not finite'],
  ['a huge tensor', padded([...header(1, 0), ...tensor('t', 2 ** 45, 0)], []), 'out of range'],
  ['a quantized tensor', build([...header(1, 0), 't', ['u32', 1], ['u64', 1], ['u32', 8], ['u64', 0]]), 'only F32'],
]

test.each(REFUSED)('%s is refused', (_, bytes, reason) => {
  expect(() => readGguf(bytes)).toThrow(GgufError)
  expect(() => readGguf(bytes)).toThrow(reason)
})

test('the shipped model cut off anywhere is refused', () => {
  const bytes = readFileSync(new URL('../../../../models/colophon-tiny.gguf', import.meta.url))
  for (let length = 0; length < bytes.length - 32; length += 20_011) {
    expect(() => readGguf(bytes.subarray(0, length))).toThrow(GgufError)
  }
})

test('a well-formed file that is not a model is refused', () => {
  expect(() => loadModel(build(header(0, 0)))).toThrow('general.architecture')
  expect(() => loadModel(build([...header(0, 1), 'general.architecture', ['u32', 8], 'bert']))).toThrow('llama')
})

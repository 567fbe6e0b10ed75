/**
 * Matrix multiplication as a small WebAssembly function, assembled here.
 *
 * C (+)= A B, four rows and eight columns at a time, in f32 SIMD lanes. A lane
 * does one multiplication and one addition for each k in ascending order and
 * WebAssembly fixes the result of both, so the product is the same bits on
 * every machine. There is no fused or relaxed instruction in it.
 *
 * A is read through two strides and may be a transposed view; the rows of B
 * and C are contiguous. Rows must be a multiple of 4, columns of 8.
 *
 * @module
 */
// biome-ignore-all lint/style/noNonNullAssertion: indices of number arrays are in range by construction

/** The part of the WebAssembly interface that is used, for compilers without its types. */
declare const WebAssembly: {
  Memory: new (descriptor: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer }
  Module: new (bytes: Uint8Array) => object
  Instance: new (
    module: object,
    imports: Record<string, Record<string, object>>,
  ) => {
    readonly exports: Record<string, unknown>
  }
}

type Kernel = (
  a: number,
  aRow: number,
  aColumn: number,
  b: number,
  bRow: number,
  c: number,
  cRow: number,
  rows: number,
  columns: number,
  depth: number,
  accumulate: number,
) => void

/** A matrix to multiply: where it starts and how far apart its elements are, in elements. */
export interface MatrixView {
  readonly data: Float32Array
  /** The index of the first element; 0 if absent. */
  readonly start?: number
  readonly rowStride: number
  /** 1 if absent. Only the left factor may have another. */
  readonly columnStride?: number
}

/** Memory for float arrays, and the product of matrices that lie in it. */
export class MatrixMemory {
  readonly #buffer: ArrayBuffer
  readonly #kernel: Kernel
  #used: number = 0

  /** @param bytes the size of the memory; it does not grow. */
  constructor(bytes: number) {
    const pages = Math.ceil(bytes / 65536)
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
    this.#buffer = memory.buffer
    const instance = new WebAssembly.Instance(new WebAssembly.Module(assemble()), { host: { memory } })
    this.#kernel = instance.exports['multiply'] as Kernel
  }

  /** A zeroed array of `length` floats inside the memory. */
  allocate(length: number): Float32Array {
    const array = new Float32Array(this.#buffer, this.#used, length)
    this.#used += Math.ceil(length / 16) * 64
    return array
  }

  /** C = A B, or C += A B; A is rows by depth, B depth by columns. */
  multiply(
    a: MatrixView,
    b: MatrixView,
    c: MatrixView,
    rows: number,
    columns: number,
    depth: number,
    accumulate: boolean,
  ): void {
    if (rows % 4 !== 0 || columns % 8 !== 0 || depth < 1) throw new RangeError('matrix size does not fit the kernel')
    if (rows === 0 || columns === 0) return
    this.#kernel(
      addressOf(a),
      a.rowStride * 4,
      (a.columnStride ?? 1) * 4,
      addressOf(b),
      b.rowStride * 4,
      addressOf(c),
      c.rowStride * 4,
      rows,
      columns,
      depth,
      accumulate ? 1 : 0,
    )
  }
}

function addressOf(view: MatrixView): number {
  return view.data.byteOffset + (view.start ?? 0) * 4
}

const I32 = 0x7f
const V128 = 0x7b
const get = (local: number): number[] => [0x20, local]
const set = (local: number): number[] => [0x21, local]
const constant = (value: number): number[] => [0x41, value]
const addTo = (local: number, ...amount: number[]): number[] => [...get(local), ...amount, 0x6a, ...set(local)]
const loadVector = (address: number, offset: number): number[] => [...get(address), 0xfd, 0x00, 0x02, offset]
const loadSplat = (address: number): number[] => [...get(address), 0xfd, 0x09, 0x02, 0x00]
const MULTIPLY_LANES = [0xfd, 0xe6, 0x01]
const ADD_LANES = [0xfd, 0xe4, 0x01]
const ZERO_LANES = [0xfd, 0x0c, ...new Array<number>(16).fill(0)]

/** The module's bytes: one imported memory, one exported function. */
function assemble(): Uint8Array {
  const [a, aRow, aColumn, b, bRow, c, cRow, rows, columns, depth, accumulate] = Array.from(
    { length: 11 },
    (_, i) => i,
  ) as [number, number, number, number, number, number, number, number, number, number, number]
  const [column, left, pointerB, pointerC] = [11, 12, 13, 14] as const
  const pointerA = [15, 16, 17, 18]
  const sums = [19, 20, 21, 22, 23, 24, 25, 26]
  const [first, second, factor] = [27, 28, 29] as const

  const loadSums: number[] = []
  const zeroSums: number[] = []
  const storeSums: number[] = []
  const step: number[] = [...loadVector(pointerB, 0), ...set(first), ...loadVector(pointerB, 16), ...set(second)]
  const placeRows: number[] = []
  for (let row = 0; row < 4; row += 1) {
    const [low, high, pointer] = [sums[row * 2]!, sums[row * 2 + 1]!, pointerA[row]!]
    zeroSums.push(...ZERO_LANES, ...set(low), ...ZERO_LANES, ...set(high))
    loadSums.push(
      ...loadVector(pointerC, 0),
      ...set(low),
      ...loadVector(pointerC, 16),
      ...set(high),
      ...addTo(pointerC, ...get(cRow)),
    )
    storeSums.push(
      ...get(pointerC),
      ...get(low),
      0xfd,
      0x0b,
      0x02,
      0,
      ...get(pointerC),
      ...get(high),
      0xfd,
      0x0b,
      0x02,
      16,
      ...addTo(pointerC, ...get(cRow)),
    )
    step.push(
      ...loadSplat(pointer),
      ...set(factor),
      ...get(low),
      ...get(factor),
      ...get(first),
      ...MULTIPLY_LANES,
      ...ADD_LANES,
      ...set(low),
      ...get(high),
      ...get(factor),
      ...get(second),
      ...MULTIPLY_LANES,
      ...ADD_LANES,
      ...set(high),
      ...addTo(pointer, ...get(aColumn)),
    )
    placeRows.push(
      ...get(row === 0 ? a : pointerA[row - 1]!),
      ...(row === 0 ? [] : [...get(aRow), 0x6a]),
      ...set(pointer),
    )
  }
  const fourTimes = (local: number): number[] => [...get(local), ...constant(2), 0x74]
  const placeC = [...get(c), ...fourTimes(column), 0x6a, ...set(pointerC)]
  const body = [
    0x03,
    0x40, // loop over blocks of four rows
    ...constant(0),
    ...set(column),
    0x03,
    0x40, // loop over blocks of eight columns
    ...placeRows,
    ...get(b),
    ...fourTimes(column),
    0x6a,
    ...set(pointerB),
    ...placeC,
    ...get(accumulate),
    0x04,
    0x40,
    ...loadSums,
    0x05,
    ...zeroSums,
    0x0b,
    ...get(depth),
    ...set(left),
    0x03,
    0x40, // loop over the depth
    ...step,
    ...addTo(pointerB, ...get(bRow)),
    ...get(left),
    ...constant(1),
    0x6b,
    0x22,
    left,
    0x0d,
    0,
    0x0b,
    ...placeC,
    ...storeSums,
    ...addTo(column, ...constant(8)),
    ...get(column),
    ...get(columns),
    0x48,
    0x0d,
    0,
    0x0b,
    ...addTo(a, ...fourTimes(aRow)),
    ...addTo(c, ...fourTimes(cRow)),
    ...get(rows),
    ...constant(4),
    0x6b,
    0x22,
    rows,
    0x0d,
    0,
    0x0b,
    0x0b,
  ]
  const code = [2, 8, I32, 11, V128, ...body]
  const section = (id: number, content: number[]): number[] => [id, ...unsigned(content.length), ...content]
  const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)]
  return Uint8Array.from([
    0x00,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(1, [1, 0x60, 11, ...new Array<number>(11).fill(I32), 0]),
    ...section(2, [1, ...name('host'), ...name('memory'), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('multiply'), 0, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ])
}

/** An unsigned integer in LEB128. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}

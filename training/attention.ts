/**
 * Causal multi-head attention over packed sequences, forward and backward.
 *
 * Sequences lie one after the other in the rows, each filled up to a multiple
 * of 8 rows; a sequence attends only to itself. Filling rows come last, so no
 * real row sees them. The shares (softmax of scores) of each sequence and head
 * are kept as a square matrix for the way back.
 *
 * @module
 */
// biome-ignore-all lint/style/noNonNullAssertion: indices of number arrays are in range by construction

import { exp } from '../src/node/host/model/arithmetic.ts'
import type { MatrixMemory } from './matrix-kernel.ts'

/** Arrays of one layer, rows by width. */
export interface AttentionArrays {
  readonly query: Float32Array
  readonly key: Float32Array
  readonly value: Float32Array
  readonly mixed: Float32Array
  /** For each sequence and head, length by length. */
  readonly shares: Float32Array
}

/** The same arrays' gradients; `mixed` is given, the others are overwritten. */
export interface AttentionGradients {
  readonly query: Float32Array
  readonly key: Float32Array
  readonly value: Float32Array
  readonly mixed: Float32Array
}

/** Attention with scratch space for sequences of up to `longest` rows. */
export class Attention {
  readonly #memory: MatrixMemory
  readonly #width: number
  readonly #headWidth: number
  readonly #turned: Float32Array
  readonly #scores: Float32Array
  readonly #scale: number

  constructor(memory: MatrixMemory, width: number, heads: number, longest: number) {
    this.#memory = memory
    this.#width = width
    this.#headWidth = width / heads
    this.#turned = memory.allocate(longest * this.#headWidth)
    this.#scores = memory.allocate(longest * longest)
    this.#scale = 1 / Math.sqrt(this.#headWidth)
  }

  /** mixed = softmax(query key^T / sqrt(head width)) value, for each sequence and head. */
  forward(arrays: AttentionArrays, lengths: readonly number[]): void {
    this.#eachHead(lengths, (start, length, shareStart) => {
      const { query, key, value, mixed, shares } = arrays
      const rowStride = this.#width
      this.#turn(key, start, length)
      const square = { data: shares, start: shareStart, rowStride: length }
      this.#memory.multiply(
        { data: query, start, rowStride },
        { data: this.#turned, rowStride: length },
        square,
        length,
        length,
        this.#headWidth,
        false,
      )
      this.#causalSoftmax(shares, shareStart, length)
      this.#memory.multiply(
        square,
        { data: value, start, rowStride },
        { data: mixed, start, rowStride },
        length,
        this.#headWidth,
        length,
        false,
      )
    })
  }

  /** From the gradient of `mixed` to those of query, key and value. */
  backward(arrays: AttentionArrays, gradients: AttentionGradients, lengths: readonly number[]): void {
    this.#eachHead(lengths, (start, length, shareStart) => {
      const { query, key, value, shares } = arrays
      const rowStride = this.#width
      const headWidth = this.#headWidth
      const gradMixed = { data: gradients.mixed, start, rowStride }
      const sharesTurned = { data: shares, start: shareStart, rowStride: 1, columnStride: length }
      this.#memory.multiply(
        sharesTurned,
        gradMixed,
        { data: gradients.value, start, rowStride },
        length,
        headWidth,
        length,
        false,
      )
      this.#turn(value, start, length)
      const scores = { data: this.#scores, rowStride: length }
      this.#memory.multiply(
        gradMixed,
        { data: this.#turned, rowStride: length },
        scores,
        length,
        length,
        headWidth,
        false,
      )
      this.#softmaxBackward(shares, shareStart, length)
      this.#memory.multiply(
        scores,
        { data: key, start, rowStride },
        { data: gradients.query, start, rowStride },
        length,
        headWidth,
        length,
        false,
      )
      this.#memory.multiply(
        { data: this.#scores, rowStride: 1, columnStride: length },
        { data: query, start, rowStride },
        { data: gradients.key, start, rowStride },
        length,
        headWidth,
        length,
        false,
      )
    })
  }

  #eachHead(lengths: readonly number[], visit: (start: number, length: number, shareStart: number) => void): void {
    let row = 0
    let shareStart = 0
    for (const length of lengths) {
      for (let head = 0; head < this.#width; head += this.#headWidth) {
        visit(row * this.#width + head, length, shareStart)
        shareStart += length * length
      }
      row += length
    }
  }

  /** Copies one head's columns, transposed, into the scratch space. */
  #turn(data: Float32Array, start: number, length: number): void {
    const turned = this.#turned
    for (let row = 0; row < length; row += 1) {
      const from = start + row * this.#width
      for (let index = 0; index < this.#headWidth; index += 1) turned[index * length + row] = data[from + index]!
    }
  }

  #causalSoftmax(shares: Float32Array, shareStart: number, length: number): void {
    for (let row = 0; row < length; row += 1) {
      const start = shareStart + row * length
      let largest = -Infinity
      for (let index = start; index <= start + row; index += 1) if (shares[index]! > largest) largest = shares[index]!
      let sum = 0
      for (let index = start; index <= start + row; index += 1) {
        const share = exp((shares[index]! - largest) * this.#scale)
        shares[index] = share
        sum += share
      }
      const factor = 1 / sum
      for (let index = start; index <= start + row; index += 1) shares[index] = shares[index]! * factor
      for (let index = start + row + 1; index < start + length; index += 1) shares[index] = 0
    }
  }

  /** Turns the gradient of the shares, in the scratch space, into that of the unscaled scores. */
  #softmaxBackward(shares: Float32Array, shareStart: number, length: number): void {
    const scores = this.#scores
    for (let row = 0; row < length; row += 1) {
      const from = shareStart + row * length
      const start = row * length
      let dot = 0
      for (let index = 0; index <= row; index += 1) dot += shares[from + index]! * scores[start + index]!
      for (let index = 0; index <= row; index += 1) {
        scores[start + index] = shares[from + index]! * (scores[start + index]! - dot) * this.#scale
      }
      for (let index = row + 1; index < length; index += 1) scores[start + index] = 0
    }
  }
}

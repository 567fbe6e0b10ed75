/**
 * The forward pass of a llama-architecture transformer, one token at a time.
 *
 * RMS norm, causal attention with a key and value cache and rotary positions
 * on interleaved pairs (2i, 2i+1), SwiGLU. Every stored number is an f32, as
 * in llama.cpp; a sum is made in f64 and rounded once.
 *
 * @module
 */
// biome-ignore-all lint/style/noNonNullAssertion: indices of number arrays are in range by construction

import { cos, exp, pow, sin } from './arithmetic.ts'
import type { LayerWeights, Model } from './model.ts'

/** One run over a sequence. It holds the cache and is used once. */
export class TransformerRun {
  readonly #model: Model
  readonly #headWidth: number
  readonly #keyValueWidth: number
  /** For each layer, position by key-value width. */
  readonly #keys: Float32Array[]
  readonly #values: Float32Array[]
  readonly #x: Float32Array
  readonly #normed: Float32Array
  readonly #query: Float32Array
  readonly #mixed: Float32Array
  readonly #gate: Float32Array
  readonly #up: Float32Array
  readonly #scores: Float32Array
  readonly #frequencies: Float64Array
  readonly #logits: Float32Array
  #position: number = 0

  /** @param capacity most tokens of this run; at most the model's context length. */
  constructor(model: Model, capacity: number) {
    const { width, heads, keyValueHeads, hidden, ropeBase, vocabulary, contextLength } = model.shape
    if (capacity > contextLength) throw new RangeError('the run is longer than the context')
    this.#model = model
    const headWidth = width / heads
    this.#headWidth = headWidth
    this.#keyValueWidth = headWidth * keyValueHeads
    this.#keys = model.layers.map(() => new Float32Array(capacity * this.#keyValueWidth))
    this.#values = model.layers.map(() => new Float32Array(capacity * this.#keyValueWidth))
    this.#x = new Float32Array(width)
    this.#normed = new Float32Array(width)
    this.#query = new Float32Array(width)
    this.#mixed = new Float32Array(width)
    this.#gate = new Float32Array(hidden)
    this.#up = new Float32Array(hidden)
    this.#scores = new Float32Array(capacity)
    this.#frequencies = Float64Array.from({ length: headWidth / 2 }, (_, pair) =>
      pow(ropeBase, (-2 * pair) / headWidth),
    )
    this.#logits = new Float32Array(vocabulary)
  }

  /** The number of tokens taken so far. */
  get position(): number {
    return this.#position
  }

  /** Takes the next token into the cache. */
  accept(token: number): void {
    const { embedding, shape, layers } = this.#model
    if (!(token >= 0 && token < shape.vocabulary)) throw new RangeError(`no token has the id ${token}`)
    if (this.#position >= this.#scores.length) throw new RangeError('the run is full')
    this.#x.set(embedding.subarray(token * shape.width, (token + 1) * shape.width))
    layers.forEach((layer, index) => {
      this.#normalize(layer.attentionNorm)
      this.#attend(layer, this.#keys[index]!, this.#values[index]!)
      this.#normalize(layer.feedForwardNorm)
      this.#feedForward(layer)
    })
    this.#position += 1
  }

  /** The logits after the last token, one for each token of the vocabulary; the next call overwrites them. */
  logits(): Float32Array {
    this.#normalize(this.#model.outputNorm)
    multiply(this.#model.outputProjection, this.#normed, this.#logits, 0, this.#logits.length, false)
    return this.#logits
  }

  #normalize(gain: Float32Array): void {
    const x = this.#x
    let squares = 0
    for (let index = 0; index < x.length; index += 1) squares += x[index]! * x[index]!
    const scale = 1 / Math.sqrt(squares / x.length + this.#model.shape.normEpsilon)
    for (let index = 0; index < x.length; index += 1) this.#normed[index] = x[index]! * scale * gain[index]!
  }

  #attend(layer: LayerWeights, keys: Float32Array, values: Float32Array): void {
    const headWidth = this.#headWidth
    const keyValueWidth = this.#keyValueWidth
    const start = this.#position * keyValueWidth
    multiply(layer.query, this.#normed, this.#query, 0, this.#query.length, false)
    multiply(layer.key, this.#normed, keys, start, keyValueWidth, false)
    multiply(layer.value, this.#normed, values, start, keyValueWidth, false)
    this.#rotate(this.#query, 0, this.#query.length)
    this.#rotate(keys, start, keyValueWidth)
    const queriesPerKey = this.#query.length / keyValueWidth
    for (let head = 0; head < this.#query.length; head += headWidth) {
      const column = Math.floor(head / headWidth / queriesPerKey) * headWidth
      this.#attendHead(head, column, keys, values)
    }
    multiply(layer.output, this.#mixed, this.#x, 0, this.#x.length, true)
  }

  #attendHead(head: number, column: number, keys: Float32Array, values: Float32Array): void {
    const headWidth = this.#headWidth
    const stride = this.#keyValueWidth
    const last = this.#position
    const scores = this.#scores
    const scale = 1 / Math.sqrt(headWidth)
    let largest = -Infinity
    for (let position = 0; position <= last; position += 1) {
      let sum = 0
      const from = position * stride + column
      for (let index = 0; index < headWidth; index += 1) sum += this.#query[head + index]! * keys[from + index]!
      scores[position] = sum * scale
      if (scores[position]! > largest) largest = scores[position]!
    }
    let total = 0
    for (let position = 0; position <= last; position += 1) {
      scores[position] = exp(scores[position]! - largest)
      total += scores[position]!
    }
    for (let index = 0; index < headWidth; index += 1) {
      let sum = 0
      for (let position = 0; position <= last; position += 1) {
        sum += scores[position]! * values[position * stride + column + index]!
      }
      this.#mixed[head + index] = sum / total
    }
  }

  #feedForward(layer: LayerWeights): void {
    multiply(layer.gate, this.#normed, this.#gate, 0, this.#gate.length, false)
    multiply(layer.up, this.#normed, this.#up, 0, this.#up.length, false)
    for (let index = 0; index < this.#gate.length; index += 1) {
      const input = this.#gate[index]!
      this.#gate[index] = (input / (1 + exp(-input))) * this.#up[index]!
    }
    multiply(layer.down, this.#gate, this.#x, 0, this.#x.length, true)
  }

  /** Turns each pair (2i, 2i+1) of each head by position * base^(-2i / head width). */
  #rotate(data: Float32Array, start: number, length: number): void {
    this.#frequencies.forEach((frequency, pair) => {
      const cosine = Math.fround(cos(this.#position * frequency))
      const sine = Math.fround(sin(this.#position * frequency))
      for (let even = start + 2 * pair; even < start + length; even += this.#headWidth) {
        const left = data[even]!
        const right = data[even + 1]!
        data[even] = left * cosine - right * sine
        data[even + 1] = left * sine + right * cosine
      }
    })
  }
}

/** result[start + row] (+)= matrix[row] . vector, for `rows` rows of the vector's length. */
function multiply(
  matrix: Float32Array,
  vector: Float32Array,
  result: Float32Array,
  start: number,
  rows: number,
  accumulate: boolean,
): void {
  const width = vector.length
  for (let row = 0; row < rows; row += 1) {
    const from = row * width
    let sum = 0
    for (let index = 0; index < width; index += 1) sum += matrix[from + index]! * vector[index]!
    result[start + row] = accumulate ? result[start + row]! + Math.fround(sum) : sum
  }
}

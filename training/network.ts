/**
 * The transformer in training: loss of a batch, and the gradient of every parameter.
 *
 * x = embedding; per layer x += attention(norm(x)), x += down(silu(gate) * up)
 * of norm(x); logits = norm(x) embedding^T. The loss is taken only at rows
 * with a target. Rows are the tokens of packed sequences.
 *
 * @module
 */
// biome-ignore-all lint/style/noNonNullAssertion: indices of number arrays are in range by construction

import type { SeededRandom } from '../src/node/host/model/seeded-random.ts'
import { Attention, type AttentionArrays, type AttentionGradients } from './attention.ts'
import {
  gateBackward,
  gateForward,
  makeRotaryTable,
  normBackward,
  normForward,
  type RotaryTable,
  rotateRow,
  softmaxLoss,
} from './layer-steps.ts'
import { MatrixMemory } from './matrix-kernel.ts'
import {
  type LayerPlaces,
  listTensors,
  type NetworkPlaces,
  type NetworkShape,
  paddedRows,
  placeTensors,
  type TensorPlace,
} from './network-shape.ts'

/** Sequences to learn from, packed into rows. */
export interface Batch {
  /** Embedding row of each token; 0 in filling rows. */
  readonly tokens: Int32Array
  /** The embedding row wanted next, or -1 where nothing is learnt. */
  readonly targets: Int32Array
  /** Rows of each sequence, multiples of 8; their sum is the number of rows. */
  readonly lengths: readonly number[]
}

interface LayerArrays extends AttentionArrays {
  readonly input: Float32Array
  readonly attentionInverse: Float32Array
  readonly attentionNormed: Float32Array
  readonly middle: Float32Array
  readonly feedForwardInverse: Float32Array
  readonly feedForwardNormed: Float32Array
  readonly gate: Float32Array
  readonly up: Float32Array
  readonly sigmoid: Float32Array
  readonly active: Float32Array
}

const CHUNK_ROWS = 128

/** A network with its parameters, gradients and room for one batch. */
export class Network {
  readonly shape: NetworkShape
  readonly places: NetworkPlaces
  readonly parameters: Float32Array
  readonly gradients: Float32Array
  readonly #memory: MatrixMemory
  readonly #turned: Float32Array
  readonly #layers: readonly LayerArrays[]
  readonly #attention: Attention
  readonly #rotary: RotaryTable
  readonly #capacity: number
  readonly #x: Float32Array
  readonly #inverse: Float32Array
  readonly #normed: Float32Array
  readonly #gathered: Float32Array
  readonly #logits: Float32Array
  readonly #gradX: Float32Array
  readonly #gradNormed: Float32Array
  readonly #gradGate: Float32Array
  readonly #gradUp: Float32Array
  readonly #gradActive: Float32Array
  readonly #attentionGradients: AttentionGradients

  /** @param capacity most rows of a batch. @param longest most rows of a sequence. Both multiples of 8. */
  constructor(shape: NetworkShape, capacity: number, longest: number) {
    this.shape = shape
    this.places = placeTensors(shape)
    this.#capacity = capacity
    const { width, hidden, heads, layers } = shape
    const rowFloats =
      layers * (8 * width + 4 * hidden + heads * longest + 2) + 9 * width + 3 * hidden + paddedRows(shape) + 1
    const floats = capacity * rowFloats + 3 * this.places.total + 2 * longest * longest + 4096
    const memory = new MatrixMemory(floats * 4 + 65536)
    this.#memory = memory
    const rows = (columns: number): Float32Array => memory.allocate(capacity * columns)
    this.parameters = memory.allocate(this.places.total)
    this.gradients = memory.allocate(this.places.total)
    this.#turned = memory.allocate(this.places.total)
    this.#attention = new Attention(memory, width, heads, longest)
    this.#rotary = makeRotaryTable(longest, width / heads, shape.ropeBase)
    this.#layers = Array.from(
      { length: layers },
      (): LayerArrays => ({
        input: rows(width),
        attentionInverse: rows(1),
        attentionNormed: rows(width),
        query: rows(width),
        key: rows(width),
        value: rows(width),
        mixed: rows(width),
        shares: rows(heads * longest),
        middle: rows(width),
        feedForwardInverse: rows(1),
        feedForwardNormed: rows(width),
        gate: rows(hidden),
        up: rows(hidden),
        sigmoid: rows(hidden),
        active: rows(hidden),
      }),
    )
    this.#x = rows(width)
    this.#inverse = rows(1)
    this.#normed = rows(width)
    this.#gathered = rows(width)
    this.#logits = rows(paddedRows(shape))
    this.#gradX = rows(width)
    this.#gradNormed = rows(width)
    this.#gradGate = rows(hidden)
    this.#gradUp = rows(hidden)
    this.#gradActive = rows(hidden)
    this.#attentionGradients = { query: rows(width), key: rows(width), value: rows(width), mixed: rows(width) }
  }

  /** Fills the parameters with small even random numbers; norms with one. */
  initialize(random: SeededRandom): void {
    for (const place of listTensors(this.places)) {
      const isEmbedding = place === this.places.embedding
      const count = isEmbedding ? this.shape.trainedRows * place.columns : place.rows * place.columns
      const isResidual = place.name.endsWith('.output') || place.name.endsWith('.down')
      const deviation = isEmbedding ? 0.1 : (isResidual ? 0.5 : 1) / Math.sqrt(place.rows)
      for (let index = 0; index < count; index += 1) {
        this.parameters[place.start + index] =
          place.rows === 1 ? 1 : (random.nextFraction() * 2 - 1) * Math.sqrt(3) * deviation
      }
    }
  }

  /** The logits (rows by padded vocabulary) at every row of one batch; a view that the next call overwrites. */
  logits(batch: Batch): Float32Array {
    const rows = batch.tokens.length
    this.#forwardLayers(batch)
    this.#gathered.set(this.#normed.subarray(0, rows * this.shape.width))
    this.#projectLogits(rows)
    return this.#logits.subarray(0, rows * paddedRows(this.shape))
  }

  /** The mean loss over the rows with a target, in nats; `gradients` is overwritten with its gradient. */
  learn(batch: Batch): number {
    const { width } = this.shape
    const columns = paddedRows(this.shape)
    this.#forwardLayers(batch)
    const wantedRows: number[] = []
    batch.targets.forEach((target, row) => {
      if (target >= 0) wantedRows.push(row)
    })
    const count = wantedRows.length
    const rows = Math.ceil(count / 4) * 4
    this.#gathered.fill(0, 0, rows * width)
    wantedRows.forEach((row, index) => {
      this.#gathered.set(this.#normed.subarray(row * width, (row + 1) * width), index * width)
    })
    this.#projectLogits(rows)
    this.#logits.fill(0, count * columns, rows * columns)
    const targets = Int32Array.from(wantedRows, (row) => batch.targets[row]!)
    const zeroLogits = this.shape.trainedRows + this.shape.zeroRows - columns
    const loss = softmaxLoss(this.#logits, targets, count, columns, zeroLogits, 1 / count)
    this.gradients.fill(0)
    const { embedding } = this.places
    const product = { data: this.#logits, rowStride: columns }
    this.#memory.multiply(
      product,
      { data: this.parameters, start: embedding.start, rowStride: width },
      { data: this.#gradActive, rowStride: width },
      rows,
      width,
      columns,
      false,
    )
    this.#addWeightGradient(this.#logits, this.#gathered, embedding, rows, columns, width)
    this.#gradNormed.fill(0, 0, batch.tokens.length * width)
    wantedRows.forEach((row, index) => {
      this.#gradNormed.set(this.#gradActive.subarray(index * width, (index + 1) * width), row * width)
    })
    this.#backwardLayers(batch)
    this.gradients.fill(0, embedding.start + this.shape.trainedRows * width, embedding.start + columns * width)
    return loss / count
  }

  #forwardLayers(batch: Batch): void {
    const { width, hidden, normEpsilon } = this.shape
    const rows = batch.tokens.length
    if (rows > this.#capacity) throw new RangeError('the batch has more rows than the network has room for')
    const { embedding } = this.places
    this.#transposeAll()
    const x = this.#x
    for (let row = 0; row < rows; row += 1) {
      const from = embedding.start + batch.tokens[row]! * width
      for (let index = 0; index < width; index += 1) x[row * width + index] = this.parameters[from + index]!
    }
    this.places.layers.forEach((place, index) => {
      const layer = this.#layers[index] as LayerArrays
      layer.input.set(x.subarray(0, rows * width))
      normForward(
        x,
        this.#slice(place.attentionNorm),
        layer.attentionNormed,
        layer.attentionInverse,
        rows,
        width,
        normEpsilon,
      )
      this.#project(layer.attentionNormed, place.query, layer.query, rows, false)
      this.#project(layer.attentionNormed, place.key, layer.key, rows, false)
      this.#project(layer.attentionNormed, place.value, layer.value, rows, false)
      this.#rotate(batch.lengths, layer.query, layer.key, 1)
      this.#attention.forward(layer, batch.lengths)
      this.#project(layer.mixed, place.output, x, rows, true)
      layer.middle.set(x.subarray(0, rows * width))
      normForward(
        x,
        this.#slice(place.feedForwardNorm),
        layer.feedForwardNormed,
        layer.feedForwardInverse,
        rows,
        width,
        normEpsilon,
      )
      this.#project(layer.feedForwardNormed, place.gate, layer.gate, rows, false)
      this.#project(layer.feedForwardNormed, place.up, layer.up, rows, false)
      gateForward(layer.gate, layer.up, layer.sigmoid, layer.active, rows * hidden)
      this.#project(layer.active, place.down, x, rows, true)
    })
    normForward(x, this.#slice(this.places.outputNorm), this.#normed, this.#inverse, rows, width, normEpsilon)
  }

  /** From the gradient of the last norm's output, in `#gradNormed`, back to the embedding. */
  #backwardLayers(batch: Batch): void {
    const { width, embeddingStart } = { width: this.shape.width, embeddingStart: this.places.embedding.start }
    const rows = batch.tokens.length
    const gradX = this.#gradX
    gradX.fill(0, 0, rows * width)
    this.#normBackward(this.#x, this.places.outputNorm, this.#inverse, rows)
    for (let index = this.shape.layers - 1; index >= 0; index -= 1) {
      this.#backwardLayer(this.#layers[index] as LayerArrays, this.places.layers[index] as LayerPlaces, batch)
    }
    for (let row = 0; row < rows; row += 1) {
      const to = embeddingStart + batch.tokens[row]! * width
      for (let index = 0; index < width; index += 1) {
        this.gradients[to + index] = this.gradients[to + index]! + gradX[row * width + index]!
      }
    }
  }

  #backwardLayer(layer: LayerArrays, place: LayerPlaces, batch: Batch): void {
    const rows = batch.tokens.length
    const { hidden } = this.shape
    const gradX = this.#gradX
    this.#projectBackward(layer.active, place.down, gradX, this.#gradActive, rows, false)
    gateBackward(layer.gate, layer.up, layer.sigmoid, this.#gradActive, this.#gradGate, this.#gradUp, rows * hidden)
    this.#projectBackward(layer.feedForwardNormed, place.gate, this.#gradGate, this.#gradNormed, rows, false)
    this.#projectBackward(layer.feedForwardNormed, place.up, this.#gradUp, this.#gradNormed, rows, true)
    this.#normBackward(layer.middle, place.feedForwardNorm, layer.feedForwardInverse, rows)
    const gradients = this.#attentionGradients
    this.#projectBackward(layer.mixed, place.output, gradX, gradients.mixed, rows, false)
    this.#attention.backward(layer, gradients, batch.lengths)
    this.#rotate(batch.lengths, gradients.query, gradients.key, -1)
    this.#projectBackward(layer.attentionNormed, place.query, gradients.query, this.#gradNormed, rows, false)
    this.#projectBackward(layer.attentionNormed, place.key, gradients.key, this.#gradNormed, rows, true)
    this.#projectBackward(layer.attentionNormed, place.value, gradients.value, this.#gradNormed, rows, true)
    this.#normBackward(layer.input, place.attentionNorm, layer.attentionInverse, rows)
  }

  #normBackward(x: Float32Array, place: TensorPlace, inverse: Float32Array, rows: number): void {
    const gradGain = this.gradients.subarray(place.start, place.start + place.columns)
    normBackward(x, this.#slice(place), inverse, this.#gradNormed, this.#gradX, gradGain, rows, this.shape.width)
  }

  #rotate(lengths: readonly number[], query: Float32Array, key: Float32Array, direction: number): void {
    const { width, heads } = this.shape
    let row = 0
    for (const length of lengths) {
      for (let position = 0; position < length; position += 1) {
        rotateRow(query, row * width, width, width / heads, position, this.#rotary, direction)
        rotateRow(key, row * width, width, width / heads, position, this.#rotary, direction)
        row += 1
      }
    }
  }

  #projectLogits(rows: number): void {
    const { embedding } = this.places
    const turned = { data: this.#turned, start: embedding.start, rowStride: embedding.rows }
    this.#memory.multiply(
      { data: this.#gathered, rowStride: this.shape.width },
      turned,
      { data: this.#logits, rowStride: embedding.rows },
      rows,
      embedding.rows,
      this.shape.width,
      false,
    )
  }

  /** output (+)= input weight. */
  #project(input: Float32Array, weight: TensorPlace, output: Float32Array, rows: number, accumulate: boolean): void {
    this.#memory.multiply(
      { data: input, rowStride: weight.rows },
      { data: this.parameters, start: weight.start, rowStride: weight.columns },
      { data: output, rowStride: weight.columns },
      rows,
      weight.columns,
      weight.rows,
      accumulate,
    )
  }

  /** gradInput (+)= gradOutput weight^T; the weight's gradient += input^T gradOutput. */
  #projectBackward(
    input: Float32Array,
    weight: TensorPlace,
    gradOutput: Float32Array,
    gradInput: Float32Array,
    rows: number,
    accumulate: boolean,
  ): void {
    this.#memory.multiply(
      { data: gradOutput, rowStride: weight.columns },
      { data: this.#turned, start: weight.start, rowStride: weight.rows },
      { data: gradInput, rowStride: weight.rows },
      rows,
      weight.rows,
      weight.columns,
      accumulate,
    )
    this.#addWeightGradient(input, gradOutput, weight, rows, weight.rows, weight.columns)
  }

  /** The tensor's gradient += left^T right, in chunks of rows that stay in the cache. */
  #addWeightGradient(
    left: Float32Array,
    right: Float32Array,
    place: TensorPlace,
    rows: number,
    leftColumns: number,
    rightColumns: number,
  ): void {
    for (let row = 0; row < rows; row += CHUNK_ROWS) {
      this.#memory.multiply(
        { data: left, start: row * leftColumns, rowStride: 1, columnStride: leftColumns },
        { data: right, start: row * rightColumns, rowStride: rightColumns },
        { data: this.gradients, start: place.start, rowStride: rightColumns },
        leftColumns,
        rightColumns,
        Math.min(CHUNK_ROWS, rows - row),
        true,
      )
    }
  }

  #slice(place: TensorPlace): Float32Array {
    return this.parameters.subarray(place.start, place.start + place.rows * place.columns)
  }

  /** Keeps a transposed copy of every matrix, for the products that need it. */
  #transposeAll(): void {
    for (const { start, rows, columns } of listTensors(this.places)) {
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          this.#turned[start + column * rows + row] = this.parameters[start + row * columns + column]!
        }
      }
    }
  }
}

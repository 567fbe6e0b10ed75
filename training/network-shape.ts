/**
 * The shape of the network and where each tensor lies in the flat parameters.
 *
 * Weight matrices are stored input-major (row = input, column = output), which
 * suits the training products; a GGUF file holds them the other way round.
 *
 * @module
 */

/** Sizes of a llama-architecture transformer with tied embeddings. */
export interface NetworkShape {
  /** Embedding rows that are trained. */
  readonly trainedRows: number
  /** Embedding rows of tokens outside the corpus; they stay zero and only add to the softmax. */
  readonly zeroRows: number
  readonly width: number
  readonly layers: number
  readonly heads: number
  readonly hidden: number
  readonly ropeBase: number
  readonly normEpsilon: number
}

/** One tensor's place. */
export interface TensorPlace {
  readonly name: string
  readonly start: number
  /** Rows (inputs) and columns (outputs); a vector has one row. */
  readonly rows: number
  readonly columns: number
}

/** The tensors of one layer. */
export interface LayerPlaces {
  readonly attentionNorm: TensorPlace
  readonly query: TensorPlace
  readonly key: TensorPlace
  readonly value: TensorPlace
  readonly output: TensorPlace
  readonly feedForwardNorm: TensorPlace
  readonly gate: TensorPlace
  readonly up: TensorPlace
  readonly down: TensorPlace
}

/** All tensors and the total number of floats. */
export interface NetworkPlaces {
  /** Trained rows, rounded up to a multiple of 8 with zero rows, by width. */
  readonly embedding: TensorPlace
  readonly layers: readonly LayerPlaces[]
  readonly outputNorm: TensorPlace
  readonly total: number
}

/** The number of embedding rows in memory: the kernel wants a multiple of 8. */
export function paddedRows(shape: NetworkShape): number {
  return Math.ceil(shape.trainedRows / 8) * 8
}

/** Lays the tensors out one after the other, each at a multiple of 16 floats. */
export function placeTensors(shape: NetworkShape): NetworkPlaces {
  let total = 0
  const place = (name: string, rows: number, columns: number): TensorPlace => {
    const start = total
    total += Math.ceil((rows * columns) / 16) * 16
    return { name, start, rows, columns }
  }
  const { width, hidden } = shape
  const embedding = place('embedding', paddedRows(shape), width)
  const layers = Array.from(
    { length: shape.layers },
    (_, index): LayerPlaces => ({
      attentionNorm: place(`${index}.attentionNorm`, 1, width),
      query: place(`${index}.query`, width, width),
      key: place(`${index}.key`, width, width),
      value: place(`${index}.value`, width, width),
      output: place(`${index}.output`, width, width),
      feedForwardNorm: place(`${index}.feedForwardNorm`, 1, width),
      gate: place(`${index}.gate`, width, hidden),
      up: place(`${index}.up`, width, hidden),
      down: place(`${index}.down`, hidden, width),
    }),
  )
  const outputNorm = place('outputNorm', 1, width)
  return { embedding, layers, outputNorm, total }
}

/** Every tensor in order. */
export function listTensors(places: NetworkPlaces): TensorPlace[] {
  return [
    places.embedding,
    ...places.layers.flatMap((layer) => Object.values(layer) as TensorPlace[]),
    places.outputNorm,
  ]
}

/** The number of parameters of the exported model, zero rows included. */
export function countParameters(shape: NetworkShape): number {
  const layer = 4 * shape.width * shape.width + 3 * shape.width * shape.hidden + 2 * shape.width
  return (shape.trainedRows + shape.zeroRows) * shape.width + shape.layers * layer + shape.width
}

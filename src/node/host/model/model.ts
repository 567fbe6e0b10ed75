/**
 * A loaded model: weights, tokenizer and sizes, checked against each other.
 *
 * @module
 */

import { type GgufFile, type GgufTensor, type GgufValue, readGguf } from './gguf.ts'
import { Tokenizer } from './tokenizer.ts'

const CONTROL_TOKEN_TYPE = 3

/** The weights of one layer; matrices row by row, a row for each output. */
export interface LayerWeights {
  readonly attentionNorm: Float32Array
  readonly query: Float32Array
  readonly key: Float32Array
  readonly value: Float32Array
  readonly output: Float32Array
  readonly feedForwardNorm: Float32Array
  readonly gate: Float32Array
  readonly up: Float32Array
  readonly down: Float32Array
}

/** The sizes of a llama-architecture model. */
export interface ModelShape {
  /** Most tokens of prompt and answer together. */
  readonly contextLength: number
  readonly width: number
  readonly heads: number
  readonly keyValueHeads: number
  readonly hidden: number
  readonly vocabulary: number
  readonly ropeBase: number
  readonly normEpsilon: number
}

/** Everything needed to generate. */
export interface Model {
  /** The name the file gives itself. */
  readonly name: string
  readonly contextLength: number
  /** The number of weights, in floats. */
  readonly parameterCount: number
  readonly shape: ModelShape
  readonly tokenizer: Tokenizer
  /** Vocabulary by width. */
  readonly embedding: Float32Array
  readonly layers: readonly LayerWeights[]
  readonly outputNorm: Float32Array
  /** Vocabulary by width; the embedding itself if the file has no other. */
  readonly outputProjection: Float32Array
}

/** Loads a GGUF file of the llama architecture in F32. Throws an Error that says what is wrong with it. */
export function loadModel(bytes: Uint8Array): Model {
  const file = readGguf(bytes)
  const metadata = new MetadataReader(file.metadata)
  if (metadata.string('general.architecture') !== 'llama') throw new Error('the model is not of the llama architecture')
  const tokenizer = readTokenizer(metadata)
  const shape = readShape(metadata, tokenizer.size)
  let parameterCount = 0
  const tensor = (name: string, ...dimensions: readonly number[]): Float32Array => {
    const found = requireTensor(file, name, dimensions)
    parameterCount += found.data.length
    return found.data
  }
  const { width, hidden, vocabulary } = shape
  const keyValueWidth = (width / shape.heads) * shape.keyValueHeads
  const layers = Array.from(
    { length: metadata.integer('llama.block_count', 1, 256) },
    (_, index): LayerWeights => ({
      attentionNorm: tensor(`blk.${index}.attn_norm.weight`, width),
      query: tensor(`blk.${index}.attn_q.weight`, width, width),
      key: tensor(`blk.${index}.attn_k.weight`, width, keyValueWidth),
      value: tensor(`blk.${index}.attn_v.weight`, width, keyValueWidth),
      output: tensor(`blk.${index}.attn_output.weight`, width, width),
      feedForwardNorm: tensor(`blk.${index}.ffn_norm.weight`, width),
      gate: tensor(`blk.${index}.ffn_gate.weight`, width, hidden),
      up: tensor(`blk.${index}.ffn_up.weight`, width, hidden),
      down: tensor(`blk.${index}.ffn_down.weight`, hidden, width),
    }),
  )
  const embedding = tensor('token_embd.weight', width, vocabulary)
  const outputNorm = tensor('output_norm.weight', width)
  const outputProjection = file.tensors.has('output.weight') ? tensor('output.weight', width, vocabulary) : embedding
  return {
    name: metadata.string('general.name'),
    contextLength: shape.contextLength,
    parameterCount,
    shape,
    tokenizer,
    embedding,
    layers,
    outputNorm,
    outputProjection,
  }
}

function readShape(metadata: MetadataReader, vocabulary: number): ModelShape {
  const shape: ModelShape = {
    contextLength: metadata.integer('llama.context_length', 1, 1_048_576),
    width: metadata.integer('llama.embedding_length', 2, 65_536),
    heads: metadata.integer('llama.attention.head_count', 1, 1024),
    keyValueHeads: metadata.integer('llama.attention.head_count_kv', 1, 1024),
    hidden: metadata.integer('llama.feed_forward_length', 1, 1_048_576),
    vocabulary,
    ropeBase: metadata.number('llama.rope.freq_base'),
    normEpsilon: metadata.number('llama.attention.layer_norm_rms_epsilon'),
  }
  const headWidth = shape.width / shape.heads
  if (headWidth % 2 !== 0 || shape.heads % shape.keyValueHeads !== 0)
    throw new Error('the head counts do not fit the width')
  if (metadata.integer('llama.rope.dimension_count', 2, 65_536) !== headWidth) {
    throw new Error('rotary positions on a part of the head are not supported')
  }
  if (!(shape.ropeBase >= 1) || !(shape.normEpsilon > 0))
    throw new Error('the rotary base or the norm epsilon is out of range')
  return shape
}

function readTokenizer(metadata: MetadataReader): Tokenizer {
  if (metadata.string('tokenizer.ggml.model') !== 'gpt2') throw new Error('the tokenizer is not of the gpt2 kind')
  const controlIds = new Set<number>()
  metadata.list('tokenizer.ggml.token_type', 'number').forEach((type, id) => {
    if (type === CONTROL_TOKEN_TYPE) controlIds.add(id)
  })
  const tokens = metadata.list('tokenizer.ggml.tokens', 'string')
  return new Tokenizer({ tokens, merges: metadata.list('tokenizer.ggml.merges', 'string'), controlIds })
}

function requireTensor(file: GgufFile, name: string, dimensions: readonly number[]): GgufTensor {
  const found = file.tensors.get(name)
  if (found === undefined) throw new Error(`the model has no tensor ${name}`)
  if (found.dimensions.join() !== dimensions.join()) {
    throw new Error(`tensor ${name} is ${found.dimensions.join(' by ')}, not ${dimensions.join(' by ')}`)
  }
  return found
}

/** Reads metadata of a known type and range. */
class MetadataReader {
  readonly #metadata: ReadonlyMap<string, GgufValue>

  constructor(metadata: ReadonlyMap<string, GgufValue>) {
    this.#metadata = metadata
  }

  string(key: string): string {
    const value = this.#metadata.get(key)
    if (typeof value !== 'string') throw new Error(`metadata ${key} is not a string`)
    return value
  }

  number(key: string): number {
    const value = this.#metadata.get(key)
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`metadata ${key} is not a number`)
    return value
  }

  integer(key: string, least: number, most: number): number {
    const value = this.number(key)
    if (!Number.isInteger(value) || value < least || value > most) throw new Error(`metadata ${key} is out of range`)
    return value
  }

  list(key: string, type: 'string'): readonly string[]
  list(key: string, type: 'number'): readonly number[]
  list(key: string, type: 'string' | 'number'): readonly unknown[] {
    const value = this.#metadata.get(key)
    if (!Array.isArray(value)) throw new Error(`metadata ${key} is not a list`)
    const list: readonly unknown[] = value
    if (list.some((element) => typeof element !== type)) throw new Error(`metadata ${key} is not a list of ${type}s`)
    return list
  }
}

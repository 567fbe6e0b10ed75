/**
 * Writes a trained network as a GGUF version 3 file in F32.
 *
 * Matrices are turned from input-major to a row for each output, the embedding
 * is spread over the whole vocabulary with zero rows for tokens outside the
 * corpus, and dimensions are named contiguous first, as GGUF has them.
 *
 * @module
 */
// biome-ignore-all lint/style/noNonNullAssertion: indices of number arrays are in range by construction

import { CONTROL_TOKENS, END_TOKEN, JINJA_TEMPLATE } from '../src/node/host/model/chat-template.ts'
import type { Network } from './network.ts'
import type { TensorPlace } from './network-shape.ts'
import { CONTEXT_LENGTH, MODEL_NAME } from './training-plan.ts'
import type { Vocabulary } from './vocabulary.ts'

const ALIGNMENT = 32

/** A metadata value with its GGUF type. */
type TypedValue =
  | { readonly type: 'uint32' | 'float32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'int32s'; readonly value: readonly number[] }

interface NamedTensor {
  readonly name: string
  readonly dimensions: readonly number[]
  readonly data: Float32Array
}

/** The file's bytes. */
export function exportGguf(network: Network, vocabulary: Vocabulary): Uint8Array {
  const metadata = describeModel(network, vocabulary)
  const tensors = collectTensors(network, vocabulary)
  const writer = new ByteWriter()
  writer.bytes(new TextEncoder().encode('GGUF'))
  writer.uint32(3)
  writer.uint64(tensors.length)
  writer.uint64(metadata.length)
  for (const [key, value] of metadata) writer.entry(key, value)
  let offset = 0
  for (const { name, dimensions, data } of tensors) {
    writer.string(name)
    writer.uint32(dimensions.length)
    for (const size of dimensions) writer.uint64(size)
    writer.uint32(0)
    writer.uint64(offset)
    offset += Math.ceil((data.length * 4) / ALIGNMENT) * ALIGNMENT
  }
  for (const { data } of tensors) {
    writer.align()
    for (const value of data) writer.float32(value)
  }
  writer.align()
  return writer.finish()
}

function describeModel(network: Network, vocabulary: Vocabulary): [string, TypedValue][] {
  const { shape } = network
  const { tokens, merges, controlIds } = vocabulary.tables
  const endId = vocabulary.tokenizer.controlId(END_TOKEN)
  const uint32 = (value: number): TypedValue => ({ type: 'uint32', value })
  const float32 = (value: number): TypedValue => ({ type: 'float32', value })
  const string = (value: string): TypedValue => ({ type: 'string', value })
  return [
    ['general.architecture', string('llama')],
    ['general.name', string(MODEL_NAME)],
    ['general.alignment', uint32(ALIGNMENT)],
    ['general.file_type', uint32(0)],
    ['llama.vocab_size', uint32(tokens.length)],
    ['llama.context_length', uint32(CONTEXT_LENGTH)],
    ['llama.embedding_length', uint32(shape.width)],
    ['llama.block_count', uint32(shape.layers)],
    ['llama.feed_forward_length', uint32(shape.hidden)],
    ['llama.attention.head_count', uint32(shape.heads)],
    ['llama.attention.head_count_kv', uint32(shape.heads)],
    ['llama.attention.layer_norm_rms_epsilon', float32(shape.normEpsilon)],
    ['llama.rope.dimension_count', uint32(shape.width / shape.heads)],
    ['llama.rope.freq_base', float32(shape.ropeBase)],
    ['tokenizer.ggml.model', string('gpt2')],
    ['tokenizer.ggml.pre', string('gpt-2')],
    ['tokenizer.ggml.tokens', { type: 'strings', value: tokens }],
    ['tokenizer.ggml.token_type', { type: 'int32s', value: tokens.map((_, id) => (controlIds.has(id) ? 3 : 1)) }],
    ['tokenizer.ggml.merges', { type: 'strings', value: merges }],
    ['tokenizer.ggml.bos_token_id', uint32(vocabulary.tokenizer.controlId(CONTROL_TOKENS[0] as string))],
    ['tokenizer.ggml.eos_token_id', uint32(endId)],
    ['tokenizer.ggml.add_bos_token', { type: 'bool', value: false }],
    ['tokenizer.ggml.add_eos_token', { type: 'bool', value: false }],
    ['tokenizer.chat_template', string(JINJA_TEMPLATE)],
  ]
}

function collectTensors(network: Network, vocabulary: Vocabulary): NamedTensor[] {
  const { parameters, places, shape } = network
  const vector = (name: string, place: TensorPlace): NamedTensor => ({
    name,
    dimensions: [place.columns],
    data: parameters.slice(place.start, place.start + place.columns),
  })
  const matrix = (name: string, { start, rows, columns }: TensorPlace): NamedTensor => ({
    name,
    dimensions: [rows, columns],
    data: Float32Array.from({ length: rows * columns }, (_, index) => {
      return parameters[start + (index % rows) * columns + Math.floor(index / rows)]!
    }),
  })
  const embedding = new Float32Array(vocabulary.tokenizer.size * shape.width)
  vocabulary.usedIds.forEach((id, row) => {
    const start = places.embedding.start + row * shape.width
    embedding.set(parameters.subarray(start, start + shape.width), id * shape.width)
  })
  return [
    { name: 'token_embd.weight', dimensions: [shape.width, vocabulary.tokenizer.size], data: embedding },
    ...places.layers.flatMap((layer, index) => [
      vector(`blk.${index}.attn_norm.weight`, layer.attentionNorm),
      matrix(`blk.${index}.attn_q.weight`, layer.query),
      matrix(`blk.${index}.attn_k.weight`, layer.key),
      matrix(`blk.${index}.attn_v.weight`, layer.value),
      matrix(`blk.${index}.attn_output.weight`, layer.output),
      vector(`blk.${index}.ffn_norm.weight`, layer.feedForwardNorm),
      matrix(`blk.${index}.ffn_gate.weight`, layer.gate),
      matrix(`blk.${index}.ffn_up.weight`, layer.up),
      matrix(`blk.${index}.ffn_down.weight`, layer.down),
    ]),
    vector('output_norm.weight', places.outputNorm),
  ]
}

/** Appends little-endian values to a buffer that grows. */
class ByteWriter {
  #view: DataView = new DataView(new ArrayBuffer(1 << 16))
  #length: number = 0

  bytes(bytes: Uint8Array): void {
    const start = this.#grow(bytes.length)
    new Uint8Array(this.#view.buffer).set(bytes, start)
  }

  uint32(value: number): void {
    const start = this.#grow(4)
    this.#view.setUint32(start, value, true)
  }

  uint64(value: number): void {
    const start = this.#grow(8)
    this.#view.setBigUint64(start, BigInt(value), true)
  }

  float32(value: number): void {
    const start = this.#grow(4)
    this.#view.setFloat32(start, value, true)
  }

  string(text: string): void {
    const bytes = new TextEncoder().encode(text)
    this.uint64(bytes.length)
    this.bytes(bytes)
  }

  /** A metadata entry: key, type, value. */
  entry(key: string, typed: TypedValue): void {
    this.string(key)
    switch (typed.type) {
      case 'uint32':
        this.uint32(4)
        this.uint32(typed.value)
        break
      case 'float32':
        this.uint32(6)
        this.float32(typed.value)
        break
      case 'bool':
        this.uint32(7)
        this.bytes(Uint8Array.of(typed.value ? 1 : 0))
        break
      case 'string':
        this.uint32(8)
        this.string(typed.value)
        break
      case 'strings':
        this.#arrayHeader(8, typed.value.length)
        for (const text of typed.value) this.string(text)
        break
      case 'int32s':
        this.#arrayHeader(5, typed.value.length)
        for (const value of typed.value) this.uint32(value >>> 0)
        break
    }
  }

  /** Fills with zeros up to the alignment. */
  align(): void {
    this.#grow(Math.ceil(this.#length / ALIGNMENT) * ALIGNMENT - this.#length)
  }

  finish(): Uint8Array {
    return new Uint8Array(this.#view.buffer.slice(0, this.#length))
  }

  #arrayHeader(elementType: number, length: number): void {
    this.uint32(9)
    this.uint32(elementType)
    this.uint64(length)
  }

  /** Makes room for `count` bytes and returns where they start. */
  #grow(count: number): number {
    const start = this.#length
    this.#length += count
    if (this.#length > this.#view.byteLength) {
      const larger = new Uint8Array(Math.max(this.#length, this.#view.byteLength * 2))
      larger.set(new Uint8Array(this.#view.buffer))
      this.#view = new DataView(larger.buffer)
    }
    return start
  }
}

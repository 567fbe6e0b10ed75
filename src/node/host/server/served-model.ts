/**
 * The model that a host serves, by the names that its answers carry.
 *
 * @module
 */
import { ContextOverflowError, type Model } from '../model/index.ts'
import type { ChatRequest } from './chat-request.ts'
import { Refusal } from './refusal.ts'

/** Characters of the file's digest in the id and in the fingerprint: enough to tell two files apart, no proof. */
const DIGEST_IN_ID = 12
const DIGEST_IN_FINGERPRINT = 16

export interface ServedModel {
  readonly model: Model
  /** `colophon-tiny`; requests may use it. */
  readonly alias: string
  /** `colophon-tiny@sha256:` and 12 hexadecimal digits; what responses state. */
  readonly id: string
  /** `gguf-sha256:` and 16 hexadecimal digits. */
  readonly fingerprint: string
  /** Most bytes that one token stands for. */
  readonly longestToken: number
}

/** @param options.sha256Hex  SHA-256 of the model's file, 64 hexadecimal digits */
export function serveModel(options: { model: Model; sha256Hex: string; name: string }): ServedModel {
  const { model, sha256Hex, name } = options
  if (!/^[0-9a-f]{64}$/.test(sha256Hex)) throw new RangeError('sha256Hex: want 64 lowercase hexadecimal digits')
  let longestToken = 0
  for (let id = 0; id < model.tokenizer.size; id += 1) {
    longestToken = Math.max(longestToken, model.tokenizer.bytesOf(id).length)
  }
  return {
    model,
    alias: name,
    id: `${name}@sha256:${sha256Hex.slice(0, DIGEST_IN_ID)}`,
    fingerprint: `gguf-sha256:${sha256Hex.slice(0, DIGEST_IN_FINGERPRINT)}`,
    longestToken,
  }
}

/** @throws {Refusal} model_not_found */
export function requireServed(served: ServedModel, name: string): void {
  if (name === served.id || name === served.alias) return
  throw new Refusal('model_not_found', `this host serves ${served.alias} only`, { status: 404, param: 'model' })
}

/**
 * Refuses what cannot fit before the tokenizer, whose time is not linear in the length of a word, sees it.
 *
 * @throws {Refusal} context_length_exceeded
 */
export function requireRoom({ model, longestToken }: ServedModel, { messages }: ChatRequest): void {
  const sizeBytes = messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0)
  const leastTokens = Math.ceil(sizeBytes / longestToken)
  if (leastTokens >= model.contextLength) throw contextExceeded(`at least ${leastTokens}`, model.contextLength)
}

/** The engine's own refusal, which counts exactly, in OpenAI's words; any other error as it is. */
export function asRefusal(error: unknown): unknown {
  return error instanceof ContextOverflowError ? contextExceeded(`${error.promptTokens}`, error.contextLength) : error
}

const contextExceeded = (tokens: string, contextLength: number): Refusal =>
  new Refusal(
    'context_length_exceeded',
    `the context has ${contextLength} tokens for messages and answer; the messages alone have ${tokens}`,
    { param: 'messages' },
  )

/**
 * The dialects of this version, and which one reads a request.
 *
 * @module
 */
import { ANTHROPIC_MESSAGES } from './anthropic-messages/index.ts'
import type { Dialect } from './dialect.ts'
import { GOOGLE_GEMINI } from './google-gemini/index.ts'
import { type JsonApiTable, jsonDialect } from './json-api/index.ts'
import { OLLAMA_CHAT, OLLAMA_GENERATE } from './ollama/index.ts'
import { opaqueDialect } from './opaque/index.ts'
import { OPENAI_CHAT_COMPLETIONS } from './openai-chat-completions/index.ts'
import { OPENAI_COMPLETIONS } from './openai-completions/index.ts'
import { OPENAI_EMBEDDINGS } from './openai-embeddings/index.ts'
import { OPENAI_RESPONSES } from './openai-responses/index.ts'

/** In this order. */
export const JSON_APIS: readonly JsonApiTable[] = [
  OPENAI_CHAT_COMPLETIONS,
  OPENAI_RESPONSES,
  OPENAI_COMPLETIONS,
  OPENAI_EMBEDDINGS,
  ANTHROPIC_MESSAGES,
  GOOGLE_GEMINI,
  OLLAMA_CHAT,
  OLLAMA_GENERATE,
]

const DIALECTS: readonly Dialect[] = [...JSON_APIS.map(jsonDialect), opaqueDialect]

/** The first dialect that matches; the opaque one matches everything. */
export function dialectFor(request: { readonly method: string; readonly path: string }): Dialect {
  return DIALECTS.find((dialect) => dialect.matches(request)) ?? opaqueDialect
}

export const dialectById = (id: string): Dialect | undefined => DIALECTS.find((dialect) => dialect.id === id)

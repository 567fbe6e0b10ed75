/**
 * The dialects of this version, and which one reads a request.
 *
 * @module
 */
import type { Dialect } from './dialect.ts'
import { opaqueDialect } from './opaque/index.ts'
import { openaiChatCompletions } from './openai-chat-completions/index.ts'

const DIALECTS: readonly Dialect[] = [openaiChatCompletions, opaqueDialect]

/** The first dialect that matches; the opaque one matches everything. */
export function dialectFor(request: { readonly method: string; readonly path: string }): Dialect {
  return DIALECTS.find((dialect) => dialect.matches(request)) ?? opaqueDialect
}

export const dialectById = (id: string): Dialect | undefined => DIALECTS.find((dialect) => dialect.id === id)

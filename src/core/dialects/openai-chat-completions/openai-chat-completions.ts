/**
 * The dialect of OpenAI Chat Completions, version 1 (`docs/spec/dialects.md`).
 *
 * @module
 */
import type { Dialect } from '../dialect.ts'
import { cutRequest } from './request.ts'
import { cutResponse } from './response.ts'

/** OpenAI Chat Completions, and every server that speaks it. */
export const openaiChatCompletions: Dialect = {
  id: 'openai-chat-completions/1',
  matches: ({ method, path }) => method === 'POST' && path.endsWith('/chat/completions'),
  cutRequest,
  cutResponse,
}

/**
 * Every stack, in the order of the table.
 *
 * @module
 */
import { AI_STACKS } from './ai.ts'
import { ANTHROPIC } from './anthropic.ts'
import { GOOGLE_GENAI } from './google-genai.ts'
import { LANGCHAIN_ANTHROPIC, LANGCHAIN_OPENAI } from './langchain.ts'
import { MASTRA_STACKS } from './mastra.ts'
import { OLLAMA } from './ollama.ts'
import { OPENAI_AGENTS } from './openai-agents.ts'
import { OPENAI_CHAT } from './openai-chat.ts'
import { OPENAI_RESPONSES } from './openai-responses.ts'
import type { Stack } from './stack.ts'

export const STACKS: readonly Stack[] = [
  OPENAI_CHAT,
  OPENAI_RESPONSES,
  ANTHROPIC,
  GOOGLE_GENAI,
  OLLAMA,
  ...AI_STACKS,
  LANGCHAIN_OPENAI,
  LANGCHAIN_ANTHROPIC,
  OPENAI_AGENTS,
  ...MASTRA_STACKS,
]

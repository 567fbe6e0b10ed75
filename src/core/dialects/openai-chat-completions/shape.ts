/**
 * Which JSON Pointer of a Chat Completions message plays which role (`docs/spec/dialects.md`).
 *
 * These tables are the dialect: what they do not name is a member that nobody declared. Version 1, read from the API
 * reference of November 2026.
 *
 * @module
 */
import type { Shape } from '../../spans/index.ts'
import { AUTHORS, authorRoles } from './authors.ts'

const value = (role: string): Shape => ({ kind: 'value', role })
const discriminator = (role: string, texts: Iterable<string>): Shape => {
  return { kind: 'discriminator', role, texts: new Set(texts) }
}
const object = (role: string, members: Readonly<Record<string, Shape>>): Shape => ({
  kind: 'object',
  role,
  members: new Map(Object.entries(members)),
})
const each = (names: readonly string[], shape: Shape): Record<string, Shape> =>
  Object.fromEntries(names.map((name) => [name, shape]))

const PART_TYPES = ['text', 'image_url', 'input_audio', 'file', 'refusal']

/** A part has its content in a member named as its type. */
const CONTENT_PART = object('author', {
  type: discriminator('author', PART_TYPES),
  ...each(PART_TYPES, value('author')),
})

const MESSAGE = object('author', {
  role: discriminator('author', AUTHORS.keys()),
  content: { kind: 'textOrParts', role: 'author', part: CONTENT_PART },
  ...each(['name', 'refusal', 'audio', 'tool_calls', 'tool_call_id', 'function_call'], value('author')),
})

const TOOLS: Shape = { kind: 'array', role: 'tools', items: value('tools') }

const PARAMETERS = [
  'audio',
  'frequency_penalty',
  'function_call',
  'logit_bias',
  'logprobs',
  'max_completion_tokens',
  'max_tokens',
  'metadata',
  'modalities',
  'moderation',
  'n',
  'parallel_tool_calls',
  'prediction',
  'presence_penalty',
  'prompt_cache_key',
  'prompt_cache_retention',
  'reasoning_effort',
  'safety_identifier',
  'seed',
  'service_tier',
  'stop',
  'store',
  'stream',
  'stream_options',
  'temperature',
  'tool_choice',
  'top_logprobs',
  'top_p',
  'user',
  'verbosity',
]

export const REQUEST_SHAPE: Shape = object('parameters', {
  model: value('model'),
  messages: { kind: 'messages', role: 'parameters', item: MESSAGE, authors: authorRoles },
  tools: TOOLS,
  functions: TOOLS,
  web_search_options: value('tools'),
  response_format: value('outputFormat'),
  ...each(PARAMETERS, value('parameters')),
})

const RESPONSE_MESSAGE = object('metadata', {
  role: discriminator('metadata', ['assistant']),
  content: value('output'),
  ...each(['refusal', 'annotations', 'audio', 'tool_calls', 'function_call'], value('metadata')),
})

const CHOICE = object('metadata', {
  message: RESPONSE_MESSAGE,
  ...each(['index', 'finish_reason', 'logprobs'], value('metadata')),
})

export const RESPONSE_SHAPE: Shape = object('metadata', {
  model: value('model'),
  choices: { kind: 'array', role: 'metadata', items: CHOICE },
  ...each(['id', 'object', 'created', 'service_tier', 'system_fingerprint', 'usage', 'error'], value('metadata')),
})

/**
 * Anthropic Messages, at Anthropic and wherever else it is spoken over HTTP and server-sent events (Claude on Google Cloud,
 * in Microsoft Foundry and on AWS; gateways and local servers).
 *
 * Version 1, read from the API reference and the types of `@anthropic-ai/sdk` 1.13 (beta included) of November 2026. At
 * Google the model stands in the path.
 *
 * @module
 */
import {
  type Authors,
  discriminator,
  each,
  eventMarkers,
  group,
  type JsonApiTable,
  list,
  messages,
  object,
  textOrParts,
  value,
  variants,
} from '../json-api/index.ts'
import { CONTENT_BLOCK, SYSTEM_BLOCK } from './content-blocks.ts'
import { messageReader } from './reader.ts'
import { SERVER_STATE } from './server-state.ts'

const AUTHORS: Authors = {
  by: 'role',
  authors: { user: 'user', assistant: 'assistant', system: 'instructions' },
}

const MESSAGE = object('author', {
  role: discriminator('author', Object.keys(AUTHORS.authors)),
  content: textOrParts('author', CONTENT_BLOCK),
  ...each(['clear_at', 'output_config'], value('parameters')),
})

/** How to reach a server of tools. Told to the server and not to the model; the token is a secret, and a span of its own. */
const MCP_SERVER = object('parameters', {
  type: discriminator('parameters', ['url']),
  ...each(['name', 'url', 'authorization_token', 'tool_configuration'], value('parameters')),
})

const PARAMETERS = [
  'anthropic_beta',
  'anthropic_version',
  'billing_policy',
  'cache_control',
  'compaction',
  'container',
  'context_management',
  'diagnostics',
  'fallback_credit_token',
  'fallbacks',
  'inference_geo',
  'max_tokens',
  'metadata',
  'service_tier',
  'speed',
  'stop_sequences',
  'stream',
  'temperature',
  'thinking',
  'thread',
  'tool_choice',
  'top_k',
  'top_p',
  'user_profile_id',
]

const RESPONSE_MEMBERS = [
  'id',
  'stop_reason',
  'stop_sequence',
  'stop_details',
  'usage',
  'container',
  'context_management',
  'diagnostics',
  'input_transformations',
  'error',
  'request_id',
]

export const ANTHROPIC_MESSAGES: JsonApiTable = {
  id: 'anthropic-messages/1',
  title: 'Anthropic Messages',
  paths: [
    '/v1/messages',
    '/publishers/anthropic/models/{model}:rawPredict',
    '/publishers/anthropic/models/{model}:streamRawPredict',
  ],
  request: object('parameters', {
    model: value('model'),
    system: textOrParts('instructions', SYSTEM_BLOCK),
    messages: messages('parameters', AUTHORS, MESSAGE),
    tools: list('tools', value('tools')),
    mcp_servers: list('parameters', MCP_SERVER),
    output_format: value('outputFormat'),
    output_config: group('parameters', {
      format: value('outputFormat'),
      ...each(['effort', 'task_budget'], value('parameters')),
    }),
    ...each(PARAMETERS, value('parameters')),
  }),
  serverState: SERVER_STATE,
  response: object('metadata', {
    type: discriminator('metadata', ['message', 'error']),
    role: discriminator('metadata', ['assistant']),
    model: value('model'),
    content: list(
      'metadata',
      variants('metadata', 'type', { text: { text: value('output'), citations: value('metadata') } }),
    ),
    ...each(RESPONSE_MEMBERS, value('metadata')),
  }),
  streams: 'text/event-stream',
  endMarkers: eventMarkers('message_stop', 'error'),
  reader: messageReader,
}

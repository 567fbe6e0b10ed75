/**
 * OpenAI Responses, and every server that speaks it (Azure, Open Responses: LM Studio, vLLM, Ollama, OpenRouter, …).
 *
 * Version 1, read from the API reference and the types of `openai` 7.57 (beta included) of November 2026.
 *
 * @module
 */
import {
  content,
  discriminator,
  each,
  eventMarkers,
  group,
  type JsonApiTable,
  list,
  object,
  textOrMessages,
  value,
  variants,
} from '../json-api/index.ts'
import { AUTHORS, INPUT_ITEM } from './input-items.ts'
import { responsesReader } from './reader.ts'
import { SERVER_STATE } from './server-state.ts'

const PARAMETERS = [
  'access_programs',
  'background',
  'context_management',
  'conversation',
  'frequency_penalty',
  'image',
  'include',
  'max_output_tokens',
  'max_tool_calls',
  'metadata',
  'moderation',
  'multi_agent',
  'parallel_tool_calls',
  'presence_penalty',
  'previous_response_id',
  'prompt_cache_key',
  'prompt_cache_options',
  'prompt_cache_retention',
  'reasoning',
  'safety_identifier',
  'service_tier',
  'store',
  'stream',
  'stream_options',
  'temperature',
  'tool_choice',
  'top_logprobs',
  'top_p',
  'truncation',
  'user',
]

const OUTPUT_ITEM = variants('metadata', 'type', {
  message: {
    role: discriminator('metadata', ['assistant']),
    content: list(
      'metadata',
      variants('metadata', 'type', {
        output_text: { text: value('output'), ...each(['annotations', 'logprobs'], value('metadata')) },
        refusal: { refusal: value('metadata') },
      }),
    ),
    ...each(['id', 'status', 'phase', 'agent'], value('metadata')),
  },
})

const RESPONSE_MEMBERS = [
  'id',
  'object',
  'output_text',
  'created_at',
  'completed_at',
  'status',
  'error',
  'incomplete_details',
  'usage',
  'billing',
  'input',
  'input_transformations',
  'instructions',
  'prompt',
  'prompt_cache_diagnostics',
  'text',
  'tool_usage',
  'tools',
]

export const OPENAI_RESPONSES: JsonApiTable = {
  id: 'openai-responses/1',
  title: 'OpenAI Responses',
  paths: ['/responses'],
  request: object('parameters', {
    model: value('model'),
    instructions: content('instructions'),
    input: textOrMessages('input', AUTHORS, INPUT_ITEM),
    tools: list('tools', value('tools')),
    text: group('parameters', { format: value('outputFormat'), verbosity: value('parameters') }),
    prompt: object('parameters', { ...each(['id', 'version'], value('parameters')), variables: value('input') }),
    ...each(PARAMETERS, value('parameters')),
  }),
  serverState: SERVER_STATE,
  response: object('metadata', {
    model: value('model'),
    output: list('metadata', OUTPUT_ITEM),
    ...each([...RESPONSE_MEMBERS, ...PARAMETERS], value('metadata')),
  }),
  streams: 'text/event-stream',
  endOfStream: '[DONE]',
  endMarkers: eventMarkers('response.completed', 'response.incomplete', 'response.failed', 'error'),
  reader: responsesReader,
}

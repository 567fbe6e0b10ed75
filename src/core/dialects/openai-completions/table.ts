/**
 * OpenAI Completions, the legacy API of one prompt, and every server that speaks it.
 *
 * Version 1, read from the API reference of November 2026.
 *
 * @module
 */
import { content, each, type JsonApiTable, list, object, texts, value } from '../json-api/index.ts'
import { completionsReader } from './reader.ts'

const PARAMETERS = [
  'best_of',
  'echo',
  'frequency_penalty',
  'logit_bias',
  'logprobs',
  'max_tokens',
  'n',
  'presence_penalty',
  'seed',
  'stop',
  'stream',
  'stream_options',
  'temperature',
  'top_p',
  'user',
]

export const OPENAI_COMPLETIONS: JsonApiTable = {
  id: 'openai-completions/1',
  title: 'OpenAI Completions (legacy)',
  paths: ['/v1/completions', '/engines/{model}/completions', '/deployments/{model}/completions'],
  request: object('parameters', {
    model: value('model'),
    prompt: texts('input'),
    suffix: content('input'),
    response_format: value('outputFormat'),
    ...each(PARAMETERS, value('parameters')),
  }),
  serverState: [],
  response: object('metadata', {
    model: value('model'),
    choices: list(
      'metadata',
      object('metadata', { text: value('output'), ...each(['index', 'finish_reason', 'logprobs'], value('metadata')) }),
    ),
    ...each(['id', 'object', 'created', 'system_fingerprint', 'usage', 'error'], value('metadata')),
  }),
  streams: 'text/event-stream',
  endOfStream: '[DONE]',
  endMarkers: ['data: [DONE]', 'data:[DONE]'],
  reader: completionsReader,
}

/**
 * OpenAI Chat Completions, and every server that speaks it (Mistral, DeepSeek, xAI, vLLM, llama.cpp, …).
 *
 * Version 1, read from the API references of November 2026. Members that one of those servers adds are unknown here, and so
 * parameters that nobody declared until a declaration names them.
 *
 * @module
 */
import {
  type Authors,
  content,
  discriminator,
  each,
  type JsonApiTable,
  list,
  messages,
  object,
  type StateRule,
  textOrParts,
  value,
  variants,
} from '../json-api/index.ts'
import { chatReader } from './reader.ts'

const AUTHORS: Authors = {
  by: 'role',
  authors: {
    system: 'instructions',
    developer: 'instructions',
    user: 'user',
    assistant: 'assistant',
    tool: 'result',
    function: 'result',
  },
}

const CONTENT_PART = variants('author', 'type', {
  text: { text: content('author') },
  image_url: { image_url: value('author') },
  input_audio: { input_audio: value('author') },
  // A document that the model is to read, whoever brings it.
  file: { file: value('result') },
  refusal: { refusal: value('author') },
})

const MESSAGE = object('author', {
  role: discriminator('author', Object.keys(AUTHORS.authors)),
  content: textOrParts('author', CONTENT_PART),
  ...each(['name', 'refusal', 'audio', 'tool_calls', 'tool_call_id', 'function_call'], value('author')),
})

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

const RESPONSE_MESSAGE = object('metadata', {
  role: discriminator('metadata', ['assistant']),
  content: value('output'),
  ...each(['refusal', 'annotations', 'audio', 'tool_calls', 'function_call'], value('metadata')),
})

const CHOICE = object('metadata', {
  message: RESPONSE_MESSAGE,
  ...each(['index', 'finish_reason', 'logprobs'], value('metadata')),
})

export const OPENAI_CHAT_COMPLETIONS: JsonApiTable = {
  id: 'openai-chat-completions/1',
  title: 'OpenAI Chat Completions',
  // At Azure the deployment in the path decides, whatever the body says.
  paths: ['/deployments/{model}/chat/completions', '/chat/completions'],
  request: object('parameters', {
    model: value('model'),
    messages: messages('parameters', AUTHORS, MESSAGE),
    tools: list('tools', value('tools')),
    functions: list('tools', value('tools')),
    web_search_options: value('tools'),
    response_format: value('outputFormat'),
    ...each(PARAMETERS, value('parameters')),
  }),
  serverState: [
    { at: '/messages/*/content/*/file/file_id', hides: 'result' },
    { at: '/messages/*/content/*/file/file_data', hides: 'result', when: 'address' },
    { at: '/messages/*/content/*/image_url', hides: 'author', when: 'address' },
    { at: '/messages/*/content/*/image_url/url', hides: 'author', when: 'address', as: 'image_url' },
    { at: '/messages/*/content/*/document_url', hides: 'result', when: 'address' },
    { at: '/messages/*/content/*/video_url/url', hides: 'author', when: 'address', as: 'video_url' },
    { at: '/messages/*/content/*/audio_url/url', hides: 'author', when: 'address', as: 'audio_url' },
    { at: '/messages/*/audio/id', hides: 'author', as: 'audio.id' },
    { at: '/web_search_options', hides: 'context' },
    // Of servers that speak this API: Azure's own data, xAI's search, OpenRouter's plugins and presets, Gemini's cache.
    { at: '/data_sources', hides: 'context', when: 'given' },
    { at: '/search_parameters', hides: 'context', when: 'given' },
    { at: '/plugins', hides: 'context', when: 'given' },
    { at: '/preset', hides: 'instructions', when: 'given' },
    ...(['instructions', 'context', 'history'] as const).map((hides): StateRule => {
      return { at: '/extra_body/google/cached_content', hides, when: 'given' }
    }),
    // Of the servers that speak this API some have tools of their own, which look things up where nobody sees it.
    { at: '/tools/*/type', hides: 'context', when: { noneOf: ['function', 'custom'] }, as: 'unknown tool' },
  ],
  response: object('metadata', {
    model: value('model'),
    choices: list('metadata', CHOICE),
    ...each(['id', 'object', 'created', 'service_tier', 'system_fingerprint', 'usage', 'error'], value('metadata')),
  }),
  streams: 'text/event-stream',
  endOfStream: '[DONE]',
  endMarkers: ['data: [DONE]', 'data:[DONE]'],
  reader: chatReader,
}

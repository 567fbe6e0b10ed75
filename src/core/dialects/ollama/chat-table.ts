/**
 * Ollama's chat API.
 *
 * Version 1, read from the API reference of November 2026. A model at an Ollama server can have a system prompt and a
 * template of its own (its Modelfile), which nothing in a request shows: they belong to the model.
 *
 * @module
 */
import {
  type Authors,
  discriminator,
  each,
  type JsonApiTable,
  list,
  messages,
  object,
  textOrParts,
  value,
} from '../json-api/index.ts'
import { OPTIONS, PARAMETERS, TIMINGS } from './members.ts'
import { chatReader } from './reader.ts'

const AUTHORS: Authors = {
  by: 'role',
  authors: { system: 'instructions', user: 'user', assistant: 'assistant', tool: 'result' },
}

const MESSAGE = object('author', {
  role: discriminator('author', Object.keys(AUTHORS.authors)),
  content: textOrParts('author', value('author')),
  images: list('author', value('author')),
  ...each(['thinking', 'tool_calls', 'tool_name', 'tool_call_id'], value('author')),
})

export const OLLAMA_CHAT: JsonApiTable = {
  id: 'ollama-chat/1',
  title: 'Ollama chat',
  paths: ['/api/chat'],
  request: object('parameters', {
    model: value('model'),
    messages: messages('parameters', AUTHORS, MESSAGE),
    tools: list('tools', value('tools')),
    format: value('outputFormat'),
    options: OPTIONS,
    ...each(PARAMETERS, value('parameters')),
  }),
  serverState: [],
  foldsCase: true,
  response: object('metadata', {
    model: value('model'),
    message: object('metadata', {
      role: discriminator('metadata', ['assistant']),
      content: value('output'),
      ...each(['thinking', 'images', 'tool_calls', 'tool_name'], value('metadata')),
    }),
    ...each(TIMINGS, value('metadata')),
  }),
  streams: 'application/x-ndjson',
  endMarkers: [],
  reader: chatReader,
}

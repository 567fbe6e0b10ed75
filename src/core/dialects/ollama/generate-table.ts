/**
 * Ollama's generate API: one prompt, one answer.
 *
 * Version 1, read from the API reference of November 2026. `context` is an earlier conversation in the model's own tokens:
 * it is in the request, and so is no state at the server.
 *
 * @module
 */
import { content, each, type JsonApiTable, list, object, value } from '../json-api/index.ts'
import { OPTIONS, PARAMETERS, TIMINGS } from './members.ts'
import { generateReader } from './reader.ts'

export const OLLAMA_GENERATE: JsonApiTable = {
  id: 'ollama-generate/1',
  title: 'Ollama generate',
  paths: ['/api/generate'],
  request: object('parameters', {
    model: value('model'),
    system: content('instructions'),
    template: value('instructions'),
    context: value('history'),
    prompt: content('input'),
    suffix: content('input'),
    images: list('input', value('input')),
    format: value('outputFormat'),
    options: OPTIONS,
    ...each([...PARAMETERS, 'raw', 'width', 'height', 'steps'], value('parameters')),
  }),
  serverState: [],
  foldsCase: true,
  response: object('metadata', {
    model: value('model'),
    response: value('output'),
    ...each([...TIMINGS, 'thinking', 'context', 'image', 'completed', 'total'], value('metadata')),
  }),
  streams: 'application/x-ndjson',
  endMarkers: [],
  reader: generateReader,
}

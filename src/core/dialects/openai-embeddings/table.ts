/**
 * OpenAI Embeddings, and every server that speaks it.
 *
 * Version 1, read from the API reference of November 2026. An answer has no text that a person sees; its vectors are
 * covered by the digest of the response.
 *
 * @module
 */
import { each, type JsonApiTable, list, object, texts, value } from '../json-api/index.ts'
import { embeddingsReader } from './reader.ts'

export const OPENAI_EMBEDDINGS: JsonApiTable = {
  id: 'openai-embeddings/1',
  title: 'OpenAI Embeddings',
  paths: ['/deployments/{model}/embeddings', '/embeddings'],
  request: object('parameters', {
    model: value('model'),
    input: texts('input'),
    ...each(['dimensions', 'encoding_format', 'user'], value('parameters')),
  }),
  serverState: [],
  response: object('metadata', {
    model: value('model'),
    data: list(
      'metadata',
      object('metadata', { embedding: value('output'), ...each(['index', 'object'], value('metadata')) }),
    ),
    ...each(['id', 'object', 'created', 'usage', 'error'], value('metadata')),
  }),
  streams: 'text/event-stream',
  endMarkers: [],
  reader: embeddingsReader,
}

/**
 * Reads lists of embeddings (`docs/spec/dialects/openai-embeddings.md`, "The answer").
 *
 * @module
 */
import { JsonNumber, type JsonObject, type JsonValue } from '../../json/index.ts'
import type { Answer, AnswerReader } from '../json-api/index.ts'

export const embeddingsReader = (answer: Answer): AnswerReader => ({
  takeWhole: (body) => takeList(answer, body),
  // The API has no streams.
  takeChunk: () => answer.markAnomalous(),
})

/** The one choice is the list itself. */
function takeList(answer: Answer, body: JsonObject): void {
  if ((body.get('error') ?? null) !== null) answer.markError()
  answer.takeModel(body.get('model'))
  answer.takeUsage(body.get('usage'))
  const data = body.get('data')
  if (!Array.isArray(data) || !data.every(isEmbedding)) answer.markAnomalous()
  else if (data.length > 0) answer.finish(0, 'embedded')
}

/** Each stands at the place that it names. */
const isEmbedding = (item: JsonValue, place: number): boolean => {
  if (!(item instanceof Map)) return false
  const embedding = item.get('embedding')
  const index = item.get('index')
  const isThere = Array.isArray(embedding) || typeof embedding === 'string'
  return isThere && index instanceof JsonNumber && index.token === String(place)
}

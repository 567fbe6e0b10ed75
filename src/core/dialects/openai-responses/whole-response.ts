/**
 * What a response object says: as the answer, or at the beginning and the end of a stream
 * (`docs/spec/dialects/openai-responses.md`, "The answer").
 *
 * @module
 */
import type { JsonObject, JsonValue } from '../../json/index.ts'
import type { Answer } from '../json-api/index.ts'
import { callOf, type OutputCall, textsOf } from './output-items.ts'

export function takeState(answer: Answer, response: JsonObject): void {
  if ((response.get('error') ?? null) !== null || response.get('status') === 'failed') answer.markError()
  answer.takeModel(response.get('model'))
  answer.takeUsage(response.get('usage'))
}

/** Why it ended. One that still goes on, or that was called off, has no reason. */
export function takeEnd(answer: Answer, response: JsonObject, status: JsonValue | undefined): void {
  const details = response.get('incomplete_details')
  const reason = details instanceof Map ? details.get('reason') : undefined
  if (status === 'completed') answer.finish(0, status)
  if (status === 'incomplete') answer.finish(0, typeof reason === 'string' ? reason : status)
}

export interface WholeOutput {
  readonly text: string
  readonly calls: readonly OutputCall[]
}

/** All that the items of a response show. They are one choice, however many they are. */
export function readOutput(answer: Answer, response: JsonObject): WholeOutput {
  const items = itemsOf(answer, response.get('output'))
  const text = items.flatMap((item) => textsOf(answer, item)).join('')
  const calls = items.map((item) => callOf(answer, item)).filter((call) => call !== undefined)
  const sum = response.get('output_text') ?? null
  // Clients take the server's own sum of all texts for the text, where it is there.
  if (sum !== null && sum !== text) answer.markAnomalous()
  return { text, calls }
}

function itemsOf(answer: Answer, output: JsonValue | undefined): JsonObject[] {
  if (!Array.isArray(output)) {
    answer.markAnomalous()
    return []
  }
  answer.openChoice(0)
  return output.filter((item: JsonValue): item is JsonObject => {
    const isItem = item instanceof Map && typeof item.get('type') === 'string'
    if (!isItem) answer.markAnomalous()
    return isItem
  })
}

/**
 * Reads responses, and the events of their streams (`docs/spec/dialects/openai-responses.md`, "The answer").
 *
 * @module
 */
import type { JsonObject, JsonValue } from '../../json/index.ts'
import type { Answer, AnswerReader } from '../json-api/index.ts'
import { callOf, type OutputCall, textsOf } from './output-items.ts'
import { ResponseStream } from './response-stream.ts'

export function responsesReader(answer: Answer): AnswerReader {
  const stream = new ResponseStream(answer)
  return {
    takeWhole: (response) => takeWhole(answer, response),
    takeChunk: (event) => stream.take(event),
  }
}

function takeWhole(answer: Answer, response: JsonObject): void {
  takeState(answer, response)
  const { text, calls } = readOutput(answer, response)
  answer.takeText(0, text)
  calls.forEach((call, index) => {
    answer.takeToolCall(String(index), { choice: 0, ...call })
  })
  takeEnd(answer, response)
}

/** What each object of a response says, in a stream again and again. */
export function takeState(answer: Answer, response: JsonObject): void {
  if ((response.get('error') ?? null) !== null || response.get('status') === 'failed') answer.markError()
  answer.takeModel(response.get('model'))
  answer.takeUsage(response.get('usage'))
}

/** Why it ended. One that still goes on, or that was called off, has no reason. */
export function takeEnd(answer: Answer, response: JsonObject): void {
  const status = response.get('status')
  const details = response.get('incomplete_details')
  const reason = details instanceof Map ? details.get('reason') : undefined
  if (status === 'completed') answer.finish(0, status)
  if (status === 'incomplete') answer.finish(0, typeof reason === 'string' ? reason : status)
}

export interface ReadOutput {
  readonly text: string
  readonly calls: readonly OutputCall[]
}

/** All that the items of a response show. There is one choice, whatever they are. */
export function readOutput(answer: Answer, response: JsonObject): ReadOutput {
  const output = response.get('output')
  const items: JsonObject[] = []
  if (Array.isArray(output)) for (const item of output as readonly JsonValue[]) takeItem(answer, items, item)
  else answer.markAnomalous()
  if (Array.isArray(output)) answer.openChoice(0)
  const text = items.flatMap((item) => textsOf(answer, item)).join('')
  const calls = items.map((item) => callOf(answer, item)).filter((call) => call !== undefined)
  const given = response.get('output_text') ?? null
  // Clients take the server's own sum of all texts for the text, where it is there.
  if (given !== null && given !== text) answer.markAnomalous()
  return { text, calls }
}

function takeItem(answer: Answer, items: JsonObject[], item: JsonValue): void {
  if (item instanceof Map && typeof item.get('type') === 'string') items.push(item)
  else answer.markAnomalous()
}

/**
 * Reads responses, and the events of their streams (`docs/spec/dialects/openai-responses.md`, "The answer").
 *
 * @module
 */
import type { JsonObject } from '../../json/index.ts'
import type { Answer, AnswerReader } from '../json-api/index.ts'
import { ResponseStream } from './response-stream.ts'
import { readOutput, takeEnd, takeState } from './whole-response.ts'

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
  takeEnd(answer, response, response.get('status'))
}

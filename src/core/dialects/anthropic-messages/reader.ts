/**
 * Reads messages, and the events of their streams (`docs/spec/dialects/anthropic-messages.md`, "The answer").
 *
 * @module
 */
import type { JsonObject } from '../../json/index.ts'
import type { Answer, AnswerReader } from '../json-api/index.ts'
import { takeBlock } from './answer-block.ts'
import { MessageStream } from './message-stream.ts'

export function messageReader(answer: Answer): AnswerReader {
  const stream = new MessageStream(answer)
  return {
    takeWhole: (message) => takeMessage(answer, message),
    takeChunk: (event) => stream.take(event),
  }
}

function takeMessage(answer: Answer, message: JsonObject): void {
  if ((message.get('error') ?? null) !== null) answer.markError()
  answer.takeModel(message.get('model'))
  answer.takeUsage(message.get('usage'))
  const content = message.get('content')
  if (!Array.isArray(content)) {
    answer.markAnomalous()
    return
  }
  answer.openChoice(0)
  content.forEach((block, index) => {
    takeBlock(answer, block, String(index))
  })
  const reason = message.get('stop_reason')
  if (typeof reason === 'string') answer.finish(0, reason)
}

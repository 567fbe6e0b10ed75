/**
 * Reads Ollama's answers, whole or line by line (`docs/spec/dialects/ollama-chat.md`, "The answer").
 *
 * @module
 */
import type { JsonObject, JsonValue } from '../../json/index.ts'
import { type Answer, type AnswerReader, argumentsText } from '../json-api/index.ts'

type TakeText = (answer: Answer, body: JsonObject) => void

export const chatReader = (answer: Answer): AnswerReader => readerOf(answer, takeMessage)

export const generateReader = (answer: Answer): AnswerReader =>
  readerOf(answer, (_, body) => takeText(answer, body.get('response')))

function readerOf(answer: Answer, take: TakeText): AnswerReader {
  const takeBody = (body: JsonObject): void => {
    if ((body.get('error') ?? null) !== null) answer.markError()
    answer.takeModel(body.get('model'))
    take(answer, body)
    if (body.get('done') === true) takeEnd(answer, body)
  }
  return { takeWhole: takeBody, takeChunk: takeBody }
}

/** Older servers give no reason. The counts stand beside the end. */
function takeEnd(answer: Answer, body: JsonObject): void {
  const reason = body.get('done_reason')
  answer.finish(0, typeof reason === 'string' ? reason : 'done')
  const counts = [...body].filter(([name]) => name.endsWith('_count') || name.endsWith('_duration'))
  if (counts.length > 0) answer.takeUsage(new Map(counts))
  answer.markEnded()
}

function takeMessage(answer: Answer, body: JsonObject): void {
  const message = body.get('message') ?? null
  if (!(message instanceof Map)) {
    if (message !== null) answer.markAnomalous()
    return
  }
  takeText(answer, message.get('content'))
  const calls = message.get('tool_calls')
  if (Array.isArray(calls)) for (const call of calls) takeCall(answer, call)
}

function takeText(answer: Answer, text: JsonValue | undefined): void {
  if (typeof text === 'string') {
    if (answer.openChoice(0)) answer.takeText(0, text)
  } else if ((text ?? null) !== null) answer.markAnomalous()
}

/** Calls come whole. */
function takeCall(answer: Answer, call: JsonValue): void {
  const called = call instanceof Map ? call.get('function') : undefined
  if (!(call instanceof Map) || !(called instanceof Map)) return
  const given = called.get('arguments')
  answer.takeToolCall(String(answer.toolCalls.length), {
    choice: 0,
    id: call.get('id'),
    name: called.get('name'),
    arguments: given === undefined ? '' : typeof given === 'string' ? given : argumentsText(answer, given),
  })
}

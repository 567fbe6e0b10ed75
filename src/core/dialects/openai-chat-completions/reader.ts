/**
 * Reads completions and the chunks of their streams, choice by choice (`docs/spec/dialects.md`, "The answer").
 *
 * @module
 */
import type { JsonObject, JsonValue } from '../../json/index.ts'
import { type Answer, type AnswerReader, indexIn } from '../json-api/index.ts'

/** The text of a choice stands in its `message`, or in the `delta` of a chunk. */
type TextIn = 'message' | 'delta'

export const chatReader = (answer: Answer): AnswerReader => ({
  takeWhole: (body) => takeCompletion(answer, body, 'message'),
  takeChunk: (chunk) => takeCompletion(answer, chunk, 'delta'),
})

function takeCompletion(answer: Answer, completion: JsonObject, textIn: TextIn): void {
  if ((completion.get('error') ?? null) !== null) answer.markError()
  answer.takeId(completion.get('id'))
  answer.takeModel(completion.get('model'))
  answer.takeFingerprint(completion.get('system_fingerprint'))
  answer.takeUsage(completion.get('usage'))
  const choices = completion.get('choices')
  if (Array.isArray(choices)) for (const choice of choices) takeChoice(answer, choice, textIn)
  else if (choices !== undefined) answer.markAnomalous()
}

function takeChoice(answer: Answer, choice: JsonValue, textIn: TextIn): void {
  if (!(choice instanceof Map)) {
    answer.markAnomalous()
    return
  }
  const index = indexIn(choice.get('index'))
  if (textIn === 'message' && answer.hasChoice(index)) answer.markAnomalous()
  if (!answer.openChoice(index)) return
  const message = choice.get(textIn) ?? null
  if (message instanceof Map) takeMessage(answer, index, message)
  else if (message !== null || textIn === 'message') answer.markAnomalous()
  const reason = choice.get('finish_reason')
  if (typeof reason === 'string') answer.finish(index, reason)
}

function takeMessage(answer: Answer, index: number, message: JsonObject): void {
  const content = message.get('content') ?? null
  if (Array.isArray(content)) for (const part of content) takePart(answer, index, part)
  else takeText(answer, index, content)
  const calls = message.get('tool_calls')
  if (Array.isArray(calls)) {
    calls.forEach((call, place) => {
      takeCall(answer, index, call, place)
    })
  }
}

/** Some servers give lists of parts, of which those of another type than `text` are no text that a person sees. */
function takePart(answer: Answer, index: number, part: JsonValue): void {
  if (!(part instanceof Map) || typeof part.get('type') !== 'string') answer.markAnomalous()
  else if (part.get('type') === 'text') takeText(answer, index, part.get('text') ?? null)
}

function takeText(answer: Answer, index: number, text: JsonValue): void {
  if (typeof text === 'string') answer.takeText(index, text)
  else if (text !== null) answer.markAnomalous()
}

/** In a stream the pieces of a call have its `index`; servers that send whole calls may leave it out. */
function takeCall(answer: Answer, choice: number, call: JsonValue, place: number): void {
  const definition = call instanceof Map ? (call.get('function') ?? call.get('custom')) : undefined
  if (!(call instanceof Map) || !(definition instanceof Map)) return
  const given = indexIn(call.get('index'))
  const text = definition.get('arguments') ?? definition.get('input')
  answer.takeToolCall(`${choice} ${given < 0 ? place : given}`, {
    choice,
    id: call.get('id'),
    name: definition.get('name'),
    arguments: typeof text === 'string' ? text : '',
  })
}

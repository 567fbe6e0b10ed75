/**
 * Reads completions and the chunks of their streams (`docs/spec/dialects/openai-completions.md`, "The answer").
 *
 * @module
 */
import type { JsonObject, JsonValue } from '../../json/index.ts'
import { type Answer, type AnswerReader, indexIn } from '../json-api/index.ts'

export const completionsReader = (answer: Answer): AnswerReader => ({
  takeWhole: (body) => takeCompletion(answer, body, { isWhole: true }),
  takeChunk: (chunk) => takeCompletion(answer, chunk, { isWhole: false }),
})

interface Reading {
  readonly isWhole: boolean
}

function takeCompletion(answer: Answer, completion: JsonObject, reading: Reading): void {
  if ((completion.get('error') ?? null) !== null) answer.markError()
  answer.takeId(completion.get('id'))
  answer.takeModel(completion.get('model'))
  answer.takeFingerprint(completion.get('system_fingerprint'))
  answer.takeUsage(completion.get('usage'))
  const choices = completion.get('choices')
  if (Array.isArray(choices)) for (const choice of choices) takeChoice(answer, choice, reading)
  else if (choices !== undefined) answer.markAnomalous()
}

function takeChoice(answer: Answer, choice: JsonValue, { isWhole }: Reading): void {
  if (!(choice instanceof Map)) {
    answer.markAnomalous()
    return
  }
  const index = indexIn(choice.get('index'))
  if (isWhole && answer.hasChoice(index)) answer.markAnomalous()
  if (!answer.openChoice(index)) return
  const text = choice.get('text') ?? null
  if (typeof text === 'string') answer.takeText(index, text)
  else if (text !== null) answer.markAnomalous()
  const reason = choice.get('finish_reason')
  if (typeof reason === 'string') answer.finish(index, reason)
}

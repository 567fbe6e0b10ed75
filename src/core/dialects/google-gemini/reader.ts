/**
 * Reads answers of generateContent, and the chunks of a stream (`docs/spec/dialects/google-gemini.md`, "The answer").
 *
 * @module
 */
import type { JsonObject, JsonValue } from '../../json/index.ts'
import { type Answer, type AnswerReader, argumentsText, indexIn } from '../json-api/index.ts'

type CallKey = (isNamed: boolean) => string

export function geminiReader(answer: Answer): AnswerReader {
  /** Calls have no index of their own: one with a name begins, and pieces without one go on with the last. */
  let calls = -1
  const nextCall: CallKey = (isNamed) => {
    if (isNamed || calls < 0) calls += 1
    return String(calls)
  }
  const take = (response: JsonObject): void => takeResponse(answer, response, nextCall)
  return {
    takeWhole: take,
    takeChunk: take,
    atEnd: () => {
      if (answer.hasFinished) answer.markEnded()
    },
  }
}

function takeResponse(answer: Answer, response: JsonObject, nextCall: CallKey): void {
  if ((response.get('error') ?? null) !== null) answer.markError()
  answer.takeId(response.get('responseId'))
  answer.takeModel(response.get('modelVersion'))
  answer.takeUsage(response.get('usageMetadata'))
  const candidates = response.get('candidates')
  if (Array.isArray(candidates)) for (const candidate of candidates) takeCandidate(answer, candidate, nextCall)
  else if (candidates !== undefined) answer.markAnomalous()
  const feedback = response.get('promptFeedback')
  const blocked = feedback instanceof Map ? feedback.get('blockReason') : undefined
  // There are no candidates then, and will be none.
  if (typeof blocked === 'string') answer.finish(0, blocked)
}

function takeCandidate(answer: Answer, candidate: JsonValue, nextCall: CallKey): void {
  if (!(candidate instanceof Map)) {
    answer.markAnomalous()
    return
  }
  // The first one's is left out.
  const index = candidate.has('index') ? indexIn(candidate.get('index')) : 0
  if (!answer.openChoice(index)) return
  const content = candidate.get('content') ?? null
  const parts = content instanceof Map ? (content.get('parts') ?? []) : []
  if ((content !== null && !(content instanceof Map)) || !Array.isArray(parts)) answer.markAnomalous()
  else for (const part of parts as readonly JsonValue[]) takePart(answer, index, part, nextCall)
  const reason = candidate.get('finishReason')
  if (typeof reason === 'string') answer.finish(index, reason)
}

function takePart(answer: Answer, choice: number, part: JsonValue, nextCall: CallKey): void {
  if (!(part instanceof Map)) {
    answer.markAnomalous()
    return
  }
  const text = part.get('text') ?? null
  if (text !== null && typeof text !== 'string') answer.markAnomalous()
  else if (text !== null && part.get('thought') !== true) answer.takeText(choice, text)
  const call = part.get('functionCall')
  if (!(call instanceof Map)) return
  const name = call.get('name')
  const given = call.get('args') ?? call.get('partialArgs')
  answer.takeToolCall(nextCall(typeof name === 'string'), {
    choice,
    id: call.get('id'),
    name,
    arguments: given === undefined ? '' : argumentsText(answer, given),
  })
}

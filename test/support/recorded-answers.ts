/**
 * Answers that providers gave, as others recorded them, framed as they came.
 *
 * @module
 */
import { decodeUtf8, encodeUtf8 } from '../../src/core/bytes/index.ts'
import { dialectFor, type ResponseCut } from '../../src/core/dialects/index.ts'
import { readVectorText } from './shared-vectors.ts'

export interface RecordedApi {
  /** Of a request that was answered so. */
  readonly path: string
  /** Data after the last event. */
  readonly endOfStream?: string
  /** The events have their `type` as an `event` line too. */
  readonly namesEvents?: true
}

/** A file of `llm-streams`: a whole answer, or one event's data per line. */
export interface RecordedAnswer {
  readonly isStream: boolean
  /** A whole answer is one piece. */
  readonly pieces: readonly string[]
}

export function readRecordedAnswer(file: string, { endOfStream, namesEvents }: RecordedApi): RecordedAnswer {
  const text = readVectorText(`llm-streams/${file}`)
  if (!file.endsWith('.chunks.txt')) return { isStream: false, pieces: [text] }
  const lines = text.split('\n').filter((line) => line !== '')
  const pieces = lines.map((line) => {
    const type = namesEvents ? `event: ${String((JSON.parse(line) as { type: string }).type)}\n` : ''
    return `${type}data: ${line}\n\n`
  })
  return { isStream: true, pieces: endOfStream === undefined ? pieces : [...pieces, `data: ${endOfStream}\n\n`] }
}

export function cutAnswer(api: RecordedApi, answer: RecordedAnswer, { status = 200 } = {}): ResponseCut {
  const contentType = answer.isStream ? 'text/event-stream' : 'application/json'
  const body = encodeUtf8(answer.pieces.join(''))
  return dialectFor({ method: 'POST', path: api.path }).cutResponse({ status, contentType, body })
}

/** What a cut shows, in one line: shape, model, reasons to end, tool calls, and the text. */
export function describeAnswer(cut: ResponseCut): string {
  const model = cut.model.state === 'named' ? cut.model.name : cut.model.state
  const calls = cut.toolCalls.map((call) => `${call.name}(${decodeUtf8(call.arguments).length})`)
  const texts = cut.outputs.map(({ text }) => `${text.length} bytes: ${decodeUtf8(text).slice(0, 24)}`)
  return [cut.shape, model, cut.finishReasons.join(), ...calls, ...texts].join(' | ')
}

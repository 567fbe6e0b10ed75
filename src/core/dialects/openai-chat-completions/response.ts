/**
 * The cut and the reading of a Chat Completions response, JSON or streamed (`docs/spec/dialects.md`).
 *
 * @module
 */
import { ColophonError } from '../../errors.ts'
import { type StreamEvent, splitEvents } from '../../event-stream/index.ts'
import { type JsonValue, parseJson, valueAt } from '../../json/index.ts'
import { cutJson, type Leaf } from '../../spans/index.ts'
import type { ResponseCut, ResponseInput } from '../dialect.ts'
import { opaqueLeaves } from '../opaque/opaque.ts'
import { Answer } from './answer.ts'
import { scanStrictly } from './request.ts'
import { RESPONSE_SHAPE } from './shape.ts'

const END_OF_STREAM = '[DONE]'

export function cutResponse(input: ResponseInput): ResponseCut {
  const cut = mediaType(input.contentType) === 'text/event-stream' ? cutStream(input.body) : cutObject(input.body)
  return input.status >= 400 ? { ...cut, shape: 'error' } : cut
}

const mediaType = (contentType: string | undefined): string | undefined =>
  contentType?.split(';', 1)[0]?.trim().toLowerCase()

function cutObject(body: Uint8Array): ResponseCut {
  const tape = scanStrictly(body)
  if (tape === undefined) {
    const leaves = opaqueLeaves(body, 'metadata')
    return { leaves, outputs: [], model: undefined, finishReasons: [], shape: 'anomalous' }
  }
  const leaves = cutJson({ tape, shape: RESPONSE_SHAPE, cutList: [], unknownRole: 'metadata' }).map((span): Leaf => {
    const { kind, role, pointer, offset, end } = span
    return { kind, role, pointer, offset, bytes: body.subarray(offset, end) }
  })
  const answer = new Answer()
  answer.take(valueAt(tape, 0), 'message')
  return { leaves, ...reading(answer, true) }
}

/** One leaf per event: `output` where it carries visible text, else `metadata`. */
function cutStream(body: Uint8Array): ResponseCut {
  const answer = new Answer()
  let ended = false
  const leaves = splitEvents(body).map((event, index): Leaf => {
    const bytes = body.subarray(event.start, event.end)
    const label = { pointer: `/${index}`, offset: event.start, bytes }
    if (!event.finished) {
      if (ended) answer.markAnomalous()
      return { kind: 'opaque', role: 'metadata', ...label }
    }
    const before = answer.textLength
    if (ended && event.data !== undefined) answer.markAnomalous()
    if (isEndOfStream(event)) ended = true
    else takeEvent(answer, event)
    return { kind: 'event', role: answer.textLength > before ? 'output' : 'metadata', ...label }
  })
  return { leaves, ...reading(answer, ended) }
}

const isEndOfStream = ({ data }: StreamEvent): boolean =>
  data !== undefined && data.length === END_OF_STREAM.length && String.fromCharCode(...data) === END_OF_STREAM

function takeEvent(answer: Answer, { data }: StreamEvent): void {
  if (data === undefined) return
  const chunk = parseChunk(data)
  if (chunk === undefined) answer.markAnomalous()
  else answer.take(chunk, 'delta')
}

function parseChunk(data: Uint8Array): JsonValue | undefined {
  try {
    return parseJson(data)
  } catch (error) {
    if (ColophonError.is(error)) return undefined
    throw error
  }
}

function reading(answer: Answer, ended: boolean): Omit<ResponseCut, 'leaves'> {
  return {
    outputs: answer.outputs,
    model: answer.model,
    finishReasons: answer.finishReasons,
    shape: answer.shape(ended),
  }
}

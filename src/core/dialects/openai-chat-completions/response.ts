/**
 * The cut and the reading of a Chat Completions response, JSON or streamed (`docs/spec/dialects.md`).
 *
 * @module
 */
import { namedModel } from '../../composition/index.ts'
import { ColophonError } from '../../errors.ts'
import { eachEvent, type StreamEvent } from '../../event-stream/index.ts'
import { type JsonValue, parseJson, valueAt } from '../../json/index.ts'
import { type Leaf, MAX_BODY_LEAVES } from '../../spans/index.ts'
import type { ResponseCut, ResponseInput } from '../dialect.ts'
import { isEventStream } from '../media-type.ts'
import { opaqueLeaves } from '../opaque/index.ts'
import { Answer } from './answer.ts'
import { cutObject } from './cut-object.ts'
import { RESPONSE_SHAPE } from './shape.ts'

const END_OF_STREAM = '[DONE]'

export function cutResponse(input: ResponseInput): ResponseCut {
  const cut = isEventStream(input.contentType) ? cutStream(input.body) : cutWhole(input.body)
  return input.status >= 400 ? { ...cut, shape: 'error' } : cut
}

function cutWhole(body: Uint8Array): ResponseCut {
  const answer = new Answer()
  const cut = cutObject(body, { shape: RESPONSE_SHAPE, cutList: [], unknownRole: 'metadata' })
  if (cut === undefined) {
    answer.markAnomalous()
    return { leaves: opaqueLeaves(body, 'metadata'), ...reading(answer, true), model: { state: 'unobservable' } }
  }
  answer.take(valueAt(cut.tape, 0), 'message')
  return { leaves: cut.leaves, ...reading(answer, true) }
}

/** One leaf per event: `output` where it carries visible text, else `metadata`. */
function cutStream(body: Uint8Array): ResponseCut {
  const answer = new Answer()
  const leaves: Leaf[] = []
  let ended = false
  for (const event of eachEvent(body)) {
    const { start, end, data, finished } = event
    const before = answer.textLength
    if (ended && (data !== undefined || !finished)) answer.markAnomalous()
    if (isEndOfStream(event)) ended = true
    else takeEvent(answer, event)
    // One too many says that there are too many; all are read.
    if (leaves.length > MAX_BODY_LEAVES) continue
    const kind = finished ? 'event' : 'opaque'
    const role = answer.textLength > before ? 'output' : 'metadata'
    leaves.push({ kind, role, pointer: `/${leaves.length}`, offset: start, bytes: body.subarray(start, end) })
  }
  const isBounded = leaves.length <= MAX_BODY_LEAVES
  return { leaves: isBounded ? leaves : opaqueLeaves(body, 'metadata'), ...reading(answer, ended) }
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
    model: namedModel(answer.model),
    finishReasons: answer.finishReasons,
    shape: answer.shape(ended),
  }
}

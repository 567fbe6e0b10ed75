/**
 * The cut and the reading of a response, whole or streamed, by its dialect's table (`docs/spec/dialects.md`).
 *
 * @module
 */
import { namedModel } from '../../composition/index.ts'
import { ColophonError } from '../../errors.ts'
import { eachEvent, eachLine, type StreamEvent } from '../../event-stream/index.ts'
import { type JsonValue, parseJson, valueAt } from '../../json/index.ts'
import { type Leaf, MAX_BODY_LEAVES } from '../../spans/index.ts'
import type { ResponseCut, ResponseInput, StreamedText } from '../dialect.ts'
import { isEventStream, isJsonLines } from '../media-type.ts'
import { opaqueLeaves } from '../opaque/index.ts'
import { Answer } from './answer.ts'
import { cutJsonBody } from './cut-object.ts'
import type { AnswerReader, JsonApiTable } from './json-dialect.ts'

export function cutResponse(table: JsonApiTable, input: ResponseInput): ResponseCut {
  const cut = isStream(table, input.contentType) ? cutStream(table, input.body) : cutWhole(table, input.body)
  return input.status >= 400 ? { ...cut, shape: 'error' } : cut
}

const isStream = ({ streams }: JsonApiTable, contentType: string | undefined): boolean =>
  streams === 'text/event-stream' ? isEventStream(contentType) : isJsonLines(contentType)

/** One object, or a list of what would be the chunks of a stream. */
function cutWhole(table: JsonApiTable, body: Uint8Array): ResponseCut {
  const answer = new Answer()
  const reader = table.reader(answer)
  const cut = cutJsonBody(body, { shape: table.response, cutList: [], unknownRole: 'metadata' })
  if (cut === undefined) {
    answer.markAnomalous()
    return { leaves: opaqueLeaves(body, 'metadata'), ...reading(answer), model: { state: 'unobservable' } }
  }
  const value = valueAt(cut.tape, 0)
  if (value instanceof Map) {
    reader.takeWhole(value)
    answer.markEnded()
  } else {
    for (const chunk of value as readonly JsonValue[]) takeChunk(answer, reader, chunk)
    reader.atEnd?.()
  }
  return { leaves: cut.leaves, ...reading(answer) }
}

/** One leaf per event or line: `output` where it carries visible text, else `metadata`. */
function cutStream(table: JsonApiTable, body: Uint8Array): ResponseCut {
  const answer = new Answer()
  const reader = table.reader(answer)
  const leaves: Leaf[] = []
  const pieces: StreamedText[] = []
  let hasEndData = false
  let isBrokenOff = false
  for (const event of table.streams === 'text/event-stream' ? eachEvent(body) : eachLine(body)) {
    const { start, end, data, finished } = event
    const before = answer.texts.length
    const isEndData = table.endOfStream !== undefined && isText(event, table.endOfStream)
    // After an end that the reader saw, the data that ends a stream may follow once.
    const isAllowed = isEndData ? !hasEndData : data === undefined && finished
    if (answer.hasEnded && !isAllowed) answer.markAnomalous()
    hasEndData ||= isEndData
    isBrokenOff = !finished
    if (isEndData) answer.markEnded()
    else if (data !== undefined) takeChunk(answer, reader, parseChunk(data))
    // One too many says that there are too many; all are read.
    if (leaves.length > MAX_BODY_LEAVES) continue
    const kind = finished ? 'event' : 'opaque'
    const texts = answer.texts.slice(before)
    const role = texts.length > 0 ? 'output' : 'metadata'
    pieces.push(...texts.map((text) => ({ ...text, event: leaves.length })))
    leaves.push({ kind, role, pointer: `/${leaves.length}`, offset: start, bytes: body.subarray(start, end) })
  }
  if (!isBrokenOff) reader.atEnd?.()
  const isBounded = leaves.length <= MAX_BODY_LEAVES
  return isBounded
    ? { leaves, ...reading(answer), pieces }
    : { leaves: opaqueLeaves(body, 'metadata'), ...reading(answer) }
}

const isText = ({ data }: StreamEvent, text: string): boolean =>
  data !== undefined && data.length === text.length && String.fromCharCode(...data) === text

function takeChunk(answer: Answer, reader: AnswerReader, chunk: JsonValue | undefined): void {
  if (chunk instanceof Map) reader.takeChunk(chunk)
  else answer.markAnomalous()
}

function parseChunk(data: Uint8Array): JsonValue | undefined {
  try {
    return parseJson(data)
  } catch (error) {
    if (ColophonError.is(error)) return undefined
    throw error
  }
}

function reading(answer: Answer): Omit<ResponseCut, 'leaves'> {
  const { outputs, toolCalls, finishReasons, fingerprint, usage, shape } = answer
  const model = namedModel(answer.model)
  return { outputs, pieces: [], toolCalls, model, fingerprint, finishReasons, usage, shape }
}

/**
 * The stream of a response, event by event (`docs/spec/dialects/openai-responses.md`, "Streams").
 *
 * Everything is said twice: piece by piece, and then whole, of each part, of each item and of the response. What was said
 * in pieces is the answer; what is said whole is held against it.
 *
 * @module
 */
import { decodeUtf8 } from '../../bytes/index.ts'
import { JsonNumber, type JsonObject, type JsonValue } from '../../json/index.ts'
import { type Answer, indexIn } from '../json-api/index.ts'
import { callOf, type OutputCall, textCallOf, textOf, textsOf } from './output-items.ts'
import { readOutput, takeEnd, takeState } from './reader.ts'

/** Most parts of an item that have a place of their own. */
const PARTS = 1_000

export class ResponseStream {
  readonly #answer: Answer
  /** Text by place. */
  readonly #texts = new Map<number, string>()
  /** Arguments of calls by output index. */
  readonly #calls = new Map<number, string>()
  #place = 0
  #text = ''
  #id: string | undefined
  #number: number | undefined
  #hasBegun = false

  constructor(answer: Answer) {
    this.#answer = answer
  }

  take(event: JsonObject): void {
    const type = event.get('type')
    this.#takeNumber(event.get('sequence_number') ?? null)
    if (type === 'error' || (event.get('error') ?? null) !== null) this.#answer.markError()
    if (typeof type !== 'string') this.#answer.markAnomalous()
    switch (type) {
      case 'response.created':
        if (this.#hasBegun) this.#answer.markAnomalous()
        this.#hasBegun = true
        this.#takeResponse(event)
        return
      case 'response.queued':
      case 'response.in_progress':
        this.#takeResponse(event)
        return
      case 'response.output_item.added':
        this.#beginItem(event)
        return
      case 'response.content_part.added':
        this.#moreText(placeOf(event), textOf(this.#answer, event.get('part')) ?? '')
        return
      case 'response.output_text.delta':
        this.#moreText(placeOf(event), event.get('delta'))
        return
      case 'response.output_text.done':
        this.#wholeText(placeOf(event), event.get('text'))
        return
      case 'response.content_part.done':
        this.#wholeText(placeOf(event), textOf(this.#answer, event.get('part')) ?? '')
        return
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        this.#moreOfCall(outputIndex(event), event.get('delta'))
        return
      case 'response.function_call_arguments.done':
        this.#wholeCall(outputIndex(event), event.get('arguments'))
        return
      case 'response.custom_tool_call_input.done':
        this.#wholeCall(outputIndex(event), event.get('input'))
        return
      case 'response.output_item.done':
        this.#endItem(event)
        return
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        this.#end(event, type.slice('response.'.length))
    }
  }

  /** Where events are numbered, one that is left out or there twice shows. */
  #takeNumber(value: JsonValue): void {
    if (value === null) return
    const isNumber = value instanceof JsonNumber && /^(?:0|[1-9][0-9]{0,14})$/.test(value.token)
    const number = isNumber ? Number(value.token) : Number.NaN
    if (!isNumber || (this.#number !== undefined && number !== this.#number + 1)) this.#answer.markAnomalous()
    this.#number = number
  }

  #takeResponse(event: JsonObject): JsonObject | undefined {
    const response = event.get('response')
    if (!(response instanceof Map)) {
      this.#answer.markAnomalous()
      return undefined
    }
    this.#answer.openChoice(0)
    takeState(this.#answer, response)
    const id = response.get('id')
    if (typeof id !== 'string') return response
    if (this.#id !== undefined && this.#id !== id) this.#answer.markAnomalous()
    this.#id ??= id
    return response
  }

  #itemOf(event: JsonObject): JsonObject | undefined {
    const item = event.get('item')
    if (item instanceof Map && typeof item.get('type') === 'string') return item
    this.#answer.markAnomalous()
    return undefined
  }

  #beginItem(event: JsonObject): void {
    const item = this.#itemOf(event)
    if (item === undefined) return
    const index = outputIndex(event)
    textsOf(this.#answer, item).forEach((text, part) => {
      this.#moreText(index * PARTS + part, text ?? '')
    })
    const call = textCallOf(item)
    if (call !== undefined) this.#takeCall(index, call)
  }

  #moreText(place: number, text: JsonValue | undefined): void {
    if (typeof text !== 'string') {
      this.#answer.markAnomalous()
      return
    }
    if (text === '') return
    // Whoever shows text as it comes would show it in another order than whoever shows the whole.
    if (place < this.#place) this.#answer.markAnomalous()
    this.#place = Math.max(place, this.#place)
    this.#texts.set(place, (this.#texts.get(place) ?? '') + text)
    this.#text += text
    this.#answer.takeText(0, text)
  }

  #wholeText(place: number, text: JsonValue | undefined): void {
    if (text !== (this.#texts.get(place) ?? '')) this.#answer.markAnomalous()
  }

  #takeCall(index: number, call: OutputCall): void {
    if (index < 0) this.#answer.markAnomalous()
    this.#calls.set(index, (this.#calls.get(index) ?? '') + call.arguments)
    this.#answer.takeToolCall(String(index), { choice: 0, ...call })
  }

  #moreOfCall(index: number, text: JsonValue | undefined): void {
    if (!this.#calls.has(index) || typeof text !== 'string') this.#answer.markAnomalous()
    this.#takeCall(index, { id: undefined, name: undefined, arguments: typeof text === 'string' ? text : '' })
  }

  /** Some servers leave out the pieces. */
  #wholeCall(index: number, text: JsonValue | undefined, call?: OutputCall): void {
    const known = this.#calls.get(index) ?? ''
    if (typeof text !== 'string' || (known !== '' && known !== text)) this.#answer.markAnomalous()
    const rest = known === '' && typeof text === 'string' ? text : ''
    this.#takeCall(index, { id: call?.id, name: call?.name, arguments: rest })
  }

  #endItem(event: JsonObject): void {
    const item = this.#itemOf(event)
    if (item === undefined) return
    const index = outputIndex(event)
    textsOf(this.#answer, item).forEach((text, part) => {
      this.#wholeText(index * PARTS + part, text ?? '')
    })
    const call = callOf(this.#answer, item)
    if (call !== undefined) this.#wholeCall(index, call.arguments, call)
  }

  #end(event: JsonObject, status: string): void {
    const response = this.#takeResponse(event)
    this.#answer.markEnded()
    if (status === 'failed') this.#answer.markError()
    if (response === undefined) return
    const { text, calls } = readOutput(this.#answer, response)
    const isSame = text === this.#text && listOf(calls) === listOf(this.#answer.toolCalls)
    if (!isSame || response.get('status') !== status) this.#answer.markAnomalous()
    takeEnd(this.#answer, response)
  }
}

/** -1 for what is no index, which is before every other. */
const outputIndex = (event: JsonObject): number => indexIn(event.get('output_index'))

/** The place of a part of an item among all texts. */
function placeOf(event: JsonObject): number {
  const [output, part] = [outputIndex(event), indexIn(event.get('content_index'))]
  return output < 0 || part < 0 ? -1 : output * PARTS + part
}

interface Call {
  readonly id?: JsonValue | undefined
  readonly name?: JsonValue | undefined
  readonly arguments: string | Uint8Array
}

const listOf = (calls: readonly Call[]): string =>
  JSON.stringify(
    calls.map(({ id, name, arguments: given }) => {
      return [textIn(id), textIn(name), typeof given === 'string' ? given : decodeUtf8(given)]
    }),
  )

const textIn = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '')

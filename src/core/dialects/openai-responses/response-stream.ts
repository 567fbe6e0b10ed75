/**
 * The stream of a response, event by event (`docs/spec/dialects/openai-responses.md`, "Streams").
 *
 * @module
 */
import { JsonNumber, type JsonObject, type JsonValue } from '../../json/index.ts'
import { type Answer, indexIn } from '../json-api/index.ts'
import { callOf, textCallOf, textOf, textsOf } from './output-items.ts'
import { StreamedOutput } from './streamed-output.ts'
import { readOutput, takeEnd, takeState } from './whole-response.ts'

/** Parts of an item that have a place of their own. */
const PARTS = 1_000

export class ResponseStream {
  readonly #answer: Answer
  readonly #output: StreamedOutput
  /** Places of items by their ids, of servers that leave out their indexes (llama.cpp). */
  readonly #ids = new Map<string, number>()
  #id: string | undefined
  #number: number | undefined
  #hasBegun = false

  constructor(answer: Answer) {
    this.#answer = answer
    this.#output = new StreamedOutput(answer)
  }

  take(event: JsonObject): void {
    this.#takeNumber(event.get('sequence_number') ?? null)
    const type = event.get('type')
    switch (type) {
      case 'error':
        this.#answer.markError()
        return
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
        this.#output.takeText(this.#placeOf(event), textOf(this.#answer, event.get('part')) ?? '')
        return
      case 'response.output_text.delta':
        this.#output.takeText(this.#placeOf(event), event.get('delta'))
        return
      case 'response.output_text.done':
        this.#output.checkText(this.#placeOf(event), event.get('text'))
        return
      case 'response.content_part.done':
        this.#output.checkText(this.#placeOf(event), textOf(this.#answer, event.get('part')) ?? '')
        return
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
      case 'response.mcp_call_arguments.delta':
        this.#output.takeArguments(this.#indexOf(event), event.get('delta'))
        return
      case 'response.function_call_arguments.done':
      case 'response.mcp_call_arguments.done':
        this.#output.checkCall(this.#indexOf(event), event.get('arguments'))
        return
      case 'response.custom_tool_call_input.done':
        this.#output.checkCall(this.#indexOf(event), event.get('input'))
        return
      case 'response.output_item.done':
        this.#endItem(event)
        return
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        this.#end(event, type.slice('response.'.length))
        return
      default:
        if (typeof type !== 'string') this.#takeUntyped(event)
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

  /** Servers in between report errors without a type. */
  #takeUntyped(event: JsonObject): void {
    if ((event.get('error') ?? null) === null) this.#answer.markAnomalous()
    else this.#answer.markError()
  }

  #takeResponse(event: JsonObject): JsonObject | undefined {
    const response = event.get('response')
    if (!(response instanceof Map)) {
      this.#answer.markAnomalous()
      return undefined
    }
    takeState(this.#answer, response)
    const id = response.get('id')
    if (typeof id !== 'string') return response
    if (this.#id !== undefined && this.#id !== id) this.#answer.markAnomalous()
    this.#id ??= id
    return response
  }

  #beginItem(event: JsonObject): void {
    const item = this.#itemOf(event)
    if (item === undefined) return
    const index = this.#indexOf(event)
    textsOf(this.#answer, item).forEach((text, part) => {
      this.#output.takeText(index * PARTS + part, text ?? '')
    })
    const call = textCallOf(item)
    if (call !== undefined) this.#output.takeCall(index, call)
  }

  #endItem(event: JsonObject): void {
    const item = this.#itemOf(event)
    if (item === undefined) return
    const index = this.#indexOf(event)
    textsOf(this.#answer, item).forEach((text, part) => {
      this.#output.checkText(index * PARTS + part, text ?? '')
    })
    const call = callOf(this.#answer, item)
    if (call !== undefined) this.#output.checkCall(index, call.arguments, call)
  }

  #itemOf(event: JsonObject): JsonObject | undefined {
    const item = event.get('item')
    if (item instanceof Map && typeof item.get('type') === 'string' && this.#indexOf(event) >= 0) return item
    this.#answer.markAnomalous()
    return undefined
  }

  #end(event: JsonObject, status: string): void {
    this.#answer.markEnded()
    if (status === 'failed') this.#answer.markError()
    const response = this.#takeResponse(event)
    if (response === undefined) return
    if ((response.get('status') ?? status) !== status) this.#answer.markAnomalous()
    this.#output.checkAll(readOutput(this.#answer, response))
    takeEnd(this.#answer, response, status)
  }

  /** Of an item; -1 for what is no index. */
  #indexOf(event: JsonObject): number {
    if (event.has('output_index')) return indexIn(event.get('output_index'))
    const item = event.get('item')
    const id = event.get('item_id') ?? (item instanceof Map ? item.get('id') : undefined)
    if (typeof id !== 'string') return -1
    const index = this.#ids.get(id) ?? this.#ids.size
    this.#ids.set(id, index)
    return index
  }

  /** Of a part among all parts of the answer; -1 where it has none. */
  #placeOf(event: JsonObject): number {
    const part = event.has('content_index') ? indexIn(event.get('content_index')) : 0
    const item = this.#indexOf(event)
    return item < 0 || part < 0 ? -1 : item * PARTS + part
  }
}

/**
 * Reads the events of a streamed message, one after another (`docs/spec/dialects/anthropic-messages.md`, "Streams").
 *
 * One message is begun, its blocks are begun, filled and ended in the order of their indexes, and it ends. Whatever fits
 * nowhere in that is an anomaly: two streams that were spliced, or one that lost an event.
 *
 * @module
 */
import type { JsonObject, JsonValue } from '../../json/index.ts'
import { type Answer, argumentsText, indexIn } from '../json-api/index.ts'
import { isCall, takeBlock } from './answer-block.ts'

interface Block {
  readonly index: number
  readonly type: string
  isOpen: boolean
  /** Of a call: what its first event gives, which counts if no other gives any. */
  input: JsonValue | undefined
}

export class MessageStream {
  readonly #answer: Answer
  readonly #blocks: Block[] = []
  #hasStarted = false
  #usage: ReadonlyMap<string, JsonValue> = new Map()
  /** Of the last block that gave text. */
  #textIndex = 0

  constructor(answer: Answer) {
    this.#answer = answer
  }

  take(event: JsonObject): void {
    const type = event.get('type')
    if (typeof type !== 'string') this.#answer.markAnomalous()
    if ((event.get('error') ?? null) !== null) this.#answer.markError()
    if (type === 'message_start') this.#startMessage(event.get('message'))
    else if (type === 'content_block_start') this.#startBlock(event)
    else if (type === 'content_block_delta') this.#fillBlock(event)
    else if (type === 'content_block_stop') this.#stopBlock(event)
    else if (type === 'message_delta') this.#changeMessage(event)
    else if (type === 'message_stop') this.#stopMessage()
    else if (type === 'error') this.#answer.markError()
  }

  #startMessage(message: JsonValue | undefined): void {
    if (this.#hasStarted || !(message instanceof Map)) this.#answer.markAnomalous()
    this.#hasStarted = true
    if (!(message instanceof Map)) return
    this.#answer.openChoice(0)
    this.#answer.takeModel(message.get('model'))
    this.#takeUsage(message.get('usage'))
    // What an earlier answer began and this one goes on with; mostly nothing.
    const content = message.get('content') ?? []
    if (Array.isArray(content)) {
      content.forEach((block, place) => {
        takeBlock(this.#answer, block, `start ${place}`)
      })
    } else this.#answer.markAnomalous()
  }

  #startBlock(event: JsonObject): void {
    const given = event.get('content_block')
    const type = given instanceof Map ? given.get('type') : undefined
    const index = indexIn(event.get('index'))
    const isNext = this.#hasStarted && !this.#answer.hasFinished && index === this.#blocks.length
    if (!isNext || !(given instanceof Map) || typeof type !== 'string') {
      this.#answer.markAnomalous()
      return
    }
    const block: Block = { index, type, isOpen: true, input: isCall(type) ? given.get('input') : undefined }
    this.#blocks.push(block)
    if (type === 'text') this.#takeText(block, given.get('text'))
    if (isCall(type)) this.#takeCall(block, { id: given.get('id'), name: given.get('name'), arguments: '' })
    const successor = type === 'fallback' ? given.get('to') : undefined
    if (successor instanceof Map) this.#answer.changeModel(successor.get('model'))
  }

  #fillBlock(event: JsonObject): void {
    const block = this.#openBlock(event)
    const delta = event.get('delta')
    const type = delta instanceof Map ? delta.get('type') : undefined
    if (block === undefined || !(delta instanceof Map) || typeof type !== 'string') {
      this.#answer.markAnomalous()
      return
    }
    if (type === 'text_delta') this.#takeText(block, delta.get('text'))
    if (type !== 'input_json_delta') return
    const piece = delta.get('partial_json')
    if (!isCall(block.type) || typeof piece !== 'string') {
      this.#answer.markAnomalous()
      return
    }
    if (piece === '') return
    block.input = undefined
    this.#takeCall(block, { id: undefined, name: undefined, arguments: piece })
  }

  #stopBlock(event: JsonObject): void {
    const block = this.#openBlock(event)
    if (block === undefined) {
      this.#answer.markAnomalous()
      return
    }
    block.isOpen = false
    if (block.input === undefined) return
    const text = argumentsText(this.#answer, block.input)
    this.#takeCall(block, { id: undefined, name: undefined, arguments: text })
  }

  #changeMessage(event: JsonObject): void {
    const delta = event.get('delta')
    if (!this.#hasStarted || !(delta instanceof Map)) this.#answer.markAnomalous()
    this.#takeUsage(event.get('usage'))
    const reason = delta instanceof Map ? delta.get('stop_reason') : undefined
    if (typeof reason === 'string') this.#answer.finish(0, reason)
  }

  #stopMessage(): void {
    if (!this.#hasStarted || this.#blocks.some(({ isOpen }) => isOpen)) this.#answer.markAnomalous()
    this.#answer.markEnded()
  }

  #openBlock(event: JsonObject): Block | undefined {
    const block = this.#blocks[indexIn(event.get('index'))]
    return block?.isOpen ? block : undefined
  }

  /** Text that is given to another kind of block, or to one before the last that has text, is out of its place. */
  #takeText(block: Block, text: JsonValue | undefined): void {
    if (typeof text !== 'string' || block.type !== 'text') this.#answer.markAnomalous()
    if (typeof text !== 'string' || text === '') return
    if (block.index < this.#textIndex) this.#answer.markAnomalous()
    this.#textIndex = block.index
    this.#answer.takeText(0, text)
  }

  #takeCall(
    { index }: Block,
    piece: { readonly id: JsonValue | undefined; readonly name: JsonValue | undefined; readonly arguments: string },
  ): void {
    this.#answer.takeToolCall(String(index), { choice: 0, ...piece })
  }

  /** Counts are of the whole message so far: a later one replaces an earlier one, and null replaces none. */
  #takeUsage(usage: JsonValue | undefined): void {
    if (!(usage instanceof Map)) return
    const given = [...(usage as JsonObject)].filter(([name, value]) => value !== null || !this.#usage.has(name))
    this.#usage = new Map([...this.#usage, ...given])
    this.#answer.takeUsage(this.#usage)
  }
}

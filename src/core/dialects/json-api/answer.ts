/**
 * An answer as it is put together, from a whole body or piece by piece from a stream
 * (`docs/spec/dialects.md`, "The answer").
 *
 * A dialect's reader says what it saw; what contradicts itself is an anomaly here, whatever the dialect.
 *
 * @module
 */
import { encodeUtf8, joinBytes } from '../../bytes/index.ts'
import { JsonNumber, type JsonValue } from '../../json/index.ts'
import type { Output, ResponseShape, ToolCall } from '../dialect.ts'

/** More than any server gives; every choice becomes a subject of the record, which bounds their number. */
const MAX_CHOICES = 512

/** More than any server makes of one answer. */
const MAX_TOOL_CALLS = 1_024

interface Choice {
  readonly text: Uint8Array[]
  finishReason: string | undefined
}

interface OpenCall {
  readonly choice: number
  id: string | undefined
  name: string | undefined
  readonly arguments: Uint8Array[]
}

export class Answer {
  readonly #choices = new Map<number, Choice>()
  readonly #toolCalls = new Map<string, OpenCall>()
  #id: string | undefined
  #model: string | undefined
  #fingerprint: string | undefined
  #usage: JsonValue | undefined
  #isAnomalous = false
  #isError = false
  #hasEnded = false
  readonly #texts: Output[] = []

  /** What contradicts itself, or cannot be read. */
  markAnomalous(): void {
    this.#isAnomalous = true
  }

  /** The API reports an error. */
  markError(): void {
    this.#isError = true
  }

  /** The API's own sign of the end. */
  markEnded(): void {
    this.#hasEnded = true
  }

  /** An empty one says nothing. Two are of two answers, of which somebody made one. */
  takeId(value: JsonValue | undefined): void {
    this.#id = this.#same(this.#id, value)
  }

  /** An empty name says nothing; two different ones contradict each other. */
  takeModel(value: JsonValue | undefined): void {
    if (typeof value !== 'string' || value === '') return
    if (this.#model !== undefined && this.#model !== value) this.#isAnomalous = true
    this.#model ??= value
  }

  /** Another model went on with the answer, as the API itself says. An empty name says nothing. */
  changeModel(value: JsonValue | undefined): void {
    if (typeof value === 'string' && value !== '') this.#model = value
  }

  /** What the provider calls the state of its system; the last one counts. */
  takeFingerprint(value: JsonValue | undefined): void {
    if (typeof value === 'string' && value !== '') this.#fingerprint = value
  }

  /** The last one counts: streams count on. */
  takeUsage(value: JsonValue | undefined): void {
    if (value instanceof Map) this.#usage = value
  }

  /** @returns false where no choice can have this index, which is an anomaly */
  openChoice(index: number): boolean {
    if (index < 0 || index >= MAX_CHOICES) {
      this.#isAnomalous = true
      return false
    }
    if (!this.#choices.has(index)) this.#choices.set(index, { text: [], finishReason: undefined })
    return true
  }

  hasChoice(index: number): boolean {
    return this.#choices.has(index)
  }

  /** Text that a person sees. After the choice has finished it is an anomaly, and counts all the same. */
  takeText(index: number, text: string): void {
    if (text === '' || !this.openChoice(index)) return
    const choice = this.#choices.get(index) as Choice
    if (choice.finishReason !== undefined) this.#isAnomalous = true
    const bytes = encodeUtf8(text)
    choice.text.push(bytes)
    this.#texts.push({ choice: index, text: bytes })
  }

  /** A second one for the same choice is an anomaly. */
  finish(index: number, reason: string): void {
    if (!this.openChoice(index)) return
    const choice = this.#choices.get(index) as Choice
    if (choice.finishReason !== undefined) this.#isAnomalous = true
    choice.finishReason = reason
  }

  /** @param key tells the calls of an answer apart; two ids or names under one key are an anomaly */
  takeToolCall(
    key: string,
    piece: {
      readonly choice: number
      readonly id: JsonValue | undefined
      readonly name: JsonValue | undefined
      readonly arguments: string
    },
  ): void {
    const open = this.#toolCalls.get(key) ?? { choice: piece.choice, id: undefined, name: undefined, arguments: [] }
    if (!this.#toolCalls.has(key) && this.#toolCalls.size === MAX_TOOL_CALLS) {
      this.markAnomalous()
      return
    }
    this.#toolCalls.set(key, open)
    open.id = this.#same(open.id, piece.id)
    open.name = this.#same(open.name, piece.name)
    if (piece.arguments !== '') open.arguments.push(encodeUtf8(piece.arguments))
  }

  /** All text so far, piece by piece in the order it came, over all choices. */
  get texts(): readonly Output[] {
    return this.#texts
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  get model(): string | undefined {
    return this.#model
  }

  get fingerprint(): string | undefined {
    return this.#fingerprint
  }

  get usage(): JsonValue | undefined {
    return this.#usage
  }

  get outputs(): Output[] {
    return this.#sorted()
      .map(([choice, { text }]) => ({ choice, text: joinBytes(text) }))
      .filter(({ text }) => text.length > 0)
  }

  get finishReasons(): string[] {
    return this.#sorted().flatMap(([, { finishReason }]) => (finishReason === undefined ? [] : [finishReason]))
  }

  /** In the order in which they began. */
  get toolCalls(): ToolCall[] {
    return [...this.#toolCalls.values()].map(({ choice, id, name, ...call }) => {
      return { choice, id, name, arguments: joinBytes(call.arguments) }
    })
  }

  get shape(): ResponseShape {
    if (this.#isError) return 'error'
    if (this.#isAnomalous) return 'anomalous'
    if (!this.#hasEnded) return 'cut'
    if (this.#choices.size === 0) return 'anomalous'
    return [...this.#choices.values()].every(({ finishReason }) => finishReason !== undefined) ? 'complete' : 'cut'
  }

  /** Whether every choice that was begun has its reason to end. */
  get hasFinished(): boolean {
    const choices = [...this.#choices.values()]
    return choices.length > 0 && choices.every(({ finishReason }) => finishReason !== undefined)
  }

  #sorted(): [number, Choice][] {
    return [...this.#choices].sort(([left], [right]) => left - right)
  }

  #same(known: string | undefined, value: JsonValue | undefined): string | undefined {
    if (typeof value !== 'string' || value === '') return known
    if (known !== undefined && known !== value) this.#isAnomalous = true
    return known ?? value
  }
}

/** The index of a choice as APIs write it: an integer in decimal. -1 for anything else. */
export function indexIn(value: JsonValue | undefined): number {
  return value instanceof JsonNumber && /^(0|[1-9][0-9]{0,2})$/.test(value.token) ? Number(value.token) : -1
}

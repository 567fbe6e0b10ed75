/**
 * Puts an answer together from a whole completion or from the chunks of a stream, choice by choice.
 *
 * @module
 */
import { encodeUtf8, joinBytes } from '../../bytes/index.ts'
import { JsonNumber, type JsonObject, type JsonValue } from '../../json/index.ts'
import type { Output, ResponseShape } from '../dialect.ts'

/** More than any server gives; every choice becomes a subject of the record, which bounds their number. */
const MAX_CHOICES = 512

interface Choice {
  readonly text: Uint8Array[]
  finishReason: string | undefined
}

export class Answer {
  readonly #choices = new Map<number, Choice>()
  #model: string | undefined
  #anomalous = false
  #error = false
  #textLength = 0

  /** A completion object, or one chunk: the text of a choice stands in its `message` or its `delta`. */
  take(value: JsonValue, textIn: 'message' | 'delta'): void {
    if (!(value instanceof Map)) {
      this.#anomalous = true
      return
    }
    if ((value.get('error') ?? null) !== null) this.#error = true
    this.#takeModel(value.get('model'))
    const choices = value.get('choices')
    if (Array.isArray(choices)) for (const choice of choices) this.#takeChoice(choice, textIn)
    else if (choices !== undefined) this.#anomalous = true
  }

  markAnomalous(): void {
    this.#anomalous = true
  }

  /** Bytes of visible text so far, over all choices. */
  get textLength(): number {
    return this.#textLength
  }

  get model(): string | undefined {
    return this.#model
  }

  get outputs(): Output[] {
    return this.#sorted()
      .map(([choice, { text }]) => ({ choice, text: joinBytes(text) }))
      .filter(({ text }) => text.length > 0)
  }

  get finishReasons(): string[] {
    return this.#sorted().flatMap(([, { finishReason }]) => (finishReason === undefined ? [] : [finishReason]))
  }

  /** @param ended whether the API's own sign of the end was there */
  shape(ended: boolean): ResponseShape {
    if (this.#error) return 'error'
    if (this.#anomalous) return 'anomalous'
    if (!ended) return 'cut'
    if (this.#choices.size === 0) return 'anomalous'
    return [...this.#choices.values()].every(({ finishReason }) => finishReason !== undefined) ? 'complete' : 'cut'
  }

  #sorted(): [number, Choice][] {
    return [...this.#choices].sort(([left], [right]) => left - right)
  }

  /** An empty model name says nothing; two different ones contradict each other. */
  #takeModel(value: JsonValue | undefined): void {
    if (typeof value !== 'string' || value === '') return
    if (this.#model !== undefined && this.#model !== value) this.#anomalous = true
    this.#model ??= value
  }

  #takeChoice(value: JsonValue, textIn: 'message' | 'delta'): void {
    const index = value instanceof Map ? indexOf(value) : undefined
    if (!(value instanceof Map) || index === undefined) {
      this.#anomalous = true
      return
    }
    const choice = this.#choices.get(index) ?? { text: [], finishReason: undefined }
    if (textIn === 'message' && this.#choices.has(index)) this.#anomalous = true
    this.#choices.set(index, choice)
    const text = textOf(value, textIn)
    if (text === undefined) this.#anomalous = true
    else if (text !== '') this.#takeText(choice, text)
    const reason = value.get('finish_reason')
    if (typeof reason !== 'string') return
    if (choice.finishReason !== undefined) this.#anomalous = true
    choice.finishReason = reason
  }

  #takeText(choice: Choice, text: string): void {
    if (choice.finishReason !== undefined) this.#anomalous = true
    const bytes = encodeUtf8(text)
    choice.text.push(bytes)
    this.#textLength += bytes.length
  }
}

function indexOf(choice: JsonObject): number | undefined {
  const index = choice.get('index')
  const number = index instanceof JsonNumber && /^(0|[1-9][0-9]{0,2})$/.test(index.token) ? Number(index.token) : NaN
  return number < MAX_CHOICES ? number : undefined
}

/** Empty where there is no text; undefined where what stands there cannot be read as text. */
function textOf(choice: JsonObject, textIn: 'message' | 'delta'): string | undefined {
  const message = choice.get(textIn) ?? null
  if (message === null && textIn === 'delta') return ''
  if (!(message instanceof Map)) return undefined
  const content = message.get('content') ?? null
  if (content === null) return ''
  return typeof content === 'string' ? content : undefined
}

/**
 * Puts an answer together from a whole completion or from the chunks of a stream, choice by choice.
 *
 * @module
 */
import { concatBytes, encodeUtf8 } from '../../bytes/index.ts'
import { JsonNumber, type JsonObject, type JsonValue } from '../../json/index.ts'
import type { Output, ResponseShape } from '../dialect.ts'

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
    if (value.has('error')) this.#error = true
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
      .map(([choice, { text }]) => ({ choice, text: concatBytes(...text) }))
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
    const text = textOf(value.get(textIn))
    if (text !== undefined && text !== '') {
      if (choice.finishReason !== undefined) this.#anomalous = true
      const bytes = encodeUtf8(text)
      choice.text.push(bytes)
      this.#textLength += bytes.length
    }
    const reason = value.get('finish_reason')
    if (typeof reason !== 'string') return
    if (choice.finishReason !== undefined) this.#anomalous = true
    choice.finishReason = reason
  }
}

function indexOf(choice: JsonObject): number | undefined {
  const index = choice.get('index')
  return index instanceof JsonNumber && /^(0|[1-9][0-9]{0,5})$/.test(index.token) ? Number(index.token) : undefined
}

function textOf(message: JsonValue | undefined): string | undefined {
  const content = message instanceof Map ? message.get('content') : undefined
  return typeof content === 'string' ? content : undefined
}

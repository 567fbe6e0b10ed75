/**
 * What a stream says piece by piece, and then again whole: of each part, of each item, and of the response
 * (`docs/spec/dialects/openai-responses.md`, "Streams").
 *
 * The pieces are the answer; what is said whole is held against them.
 *
 * @module
 */
import { decodeUtf8 } from '../../bytes/index.ts'
import type { JsonValue } from '../../json/index.ts'
import type { Answer } from '../json-api/index.ts'
import type { OutputCall } from './output-items.ts'
import type { WholeOutput } from './whole-response.ts'

const NO_LABEL = { id: undefined, name: undefined }

export class StreamedOutput {
  readonly #answer: Answer
  readonly #texts = new Map<number, string>()
  readonly #arguments = new Map<number, string>()
  #lastPlace = 0
  #text = ''

  constructor(answer: Answer) {
    this.#answer = answer
  }

  /** @param place of the part among all parts; a negative one is none */
  takeText(place: number, text: JsonValue | undefined): void {
    if (typeof text !== 'string') this.#answer.markAnomalous()
    if (typeof text !== 'string' || text === '') return
    // Whoever shows text as it comes would show it in another order than whoever shows the whole.
    if (place < this.#lastPlace) this.#answer.markAnomalous()
    this.#lastPlace = Math.max(place, this.#lastPlace)
    this.#texts.set(place, (this.#texts.get(place) ?? '') + text)
    this.#text += text
    this.#answer.takeText(0, text)
  }

  checkText(place: number, whole: JsonValue | undefined): void {
    if (whole !== (this.#texts.get(place) ?? '')) this.#answer.markAnomalous()
  }

  /** @param index of the item; a negative one is none */
  takeCall(index: number, call: OutputCall): void {
    if (index < 0) this.#answer.markAnomalous()
    this.#arguments.set(index, (this.#arguments.get(index) ?? '') + call.arguments)
    this.#answer.takeToolCall(String(index), { choice: 0, ...call })
  }

  takeArguments(index: number, text: JsonValue | undefined): void {
    if (!this.#arguments.has(index) || typeof text !== 'string') this.#answer.markAnomalous()
    if (typeof text === 'string') this.takeCall(index, { ...NO_LABEL, arguments: text })
  }

  /** Some servers leave out the pieces; then the whole is the one piece. */
  checkCall(
    index: number,
    whole: JsonValue | undefined,
    { id, name }: Pick<OutputCall, 'id' | 'name'> = NO_LABEL,
  ): void {
    const known = this.#arguments.get(index) ?? ''
    if (typeof whole !== 'string' || (known !== '' && known !== whole)) this.#answer.markAnomalous()
    this.takeCall(index, { id, name, arguments: known === '' && typeof whole === 'string' ? whole : '' })
  }

  checkAll({ text, calls }: WholeOutput): void {
    const streamed = this.#answer.toolCalls.map((call) => ({ ...call, arguments: decodeUtf8(call.arguments) }))
    if (text !== this.#text || listOf(calls) !== listOf(streamed)) this.#answer.markAnomalous()
  }
}

const listOf = (calls: readonly OutputCall[]): string =>
  JSON.stringify(calls.map(({ id, name, arguments: text }) => [id, name, text]))

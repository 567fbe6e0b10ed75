/**
 * Generation: from messages to text, piece by piece.
 *
 * The pieces joined are the answer. A piece is held back while its bytes are
 * an unfinished UTF-8 character, or while it may be the start of a stop text.
 *
 * @module
 */

import { type ChatMessage, END_TOKEN, encodeChat } from './chat-template.ts'
import type { Model } from './model.ts'
import { createSampler } from './sampler.ts'
import { TransformerRun } from './transformer.ts'

/** How to generate; what is absent takes the default in brackets. */
export interface GenerationOptions {
  /** Most tokens of the answer (as many as the context has room for). */
  readonly maxTokens?: number | undefined
  /** 0 is greedy (0). */
  readonly temperature?: number | undefined
  /** Share of likelihood to sample from, in (0, 1] (1). */
  readonly topP?: number | undefined
  /** Seed of the sampling (0). */
  readonly seed?: number | undefined
  /** Texts that end the answer and are not part of it (none). */
  readonly stop?: readonly string[] | undefined
}

/** `stop`: the model ended or a stop text came. `length`: no more tokens were allowed. */
export type FinishReason = 'stop' | 'length'

/** One step: one token of the model. Only the last step has a finish reason. */
export interface GenerationStep {
  /** The text that became certain in this step; may be empty. */
  readonly text: string
  readonly finishReason: FinishReason | undefined
  /** Tokens of the prompt, control tokens included. */
  readonly promptTokens: number
  /** Tokens generated so far; the token that ends the answer is not counted. */
  readonly completionTokens: number
}

/** The prompt leaves no room for an answer. */
export class ContextOverflowError extends Error {
  override readonly name: string = 'ContextOverflowError'
  readonly promptTokens: number
  readonly contextLength: number

  constructor(promptTokens: number, contextLength: number) {
    super(`the prompt has ${promptTokens} tokens; the context has room for ${contextLength} with the answer`)
    this.promptTokens = promptTokens
    this.contextLength = contextLength
  }
}

/**
 * Answers the messages. Options and prompt are checked at once; the model runs
 * as the steps are asked for.
 */
export function generate(
  model: Model,
  messages: readonly ChatMessage[],
  options: GenerationOptions = {},
): Generator<GenerationStep, void, void> {
  const { maxTokens = Infinity, temperature = 0, topP = 1, seed = 0, stop = [] } = options
  if (maxTokens !== Infinity && !(Number.isInteger(maxTokens) && maxTokens >= 1)) {
    throw new RangeError('maxTokens must be a whole number above 0')
  }
  if (stop.includes('')) throw new RangeError('a stop text must not be empty')
  const choose = createSampler({ temperature, topP, seed })
  const prompt = encodeChat(model.tokenizer, messages)
  if (prompt.length >= model.contextLength) throw new ContextOverflowError(prompt.length, model.contextLength)
  const limit = Math.min(maxTokens, model.contextLength - prompt.length)
  return runSteps(model, prompt, limit, choose, new StopWatcher(stop))
}

function* runSteps(
  model: Model,
  prompt: readonly number[],
  limit: number,
  choose: (logits: Float32Array) => number,
  watcher: StopWatcher,
): Generator<GenerationStep, void, void> {
  const run = new TransformerRun(model, prompt.length + limit)
  const endToken = model.tokenizer.controlId(END_TOKEN)
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const promptTokens = prompt.length
  for (const token of prompt) run.accept(token)
  for (let completionTokens = 1; ; completionTokens += 1) {
    const token = choose(run.logits())
    if (token === endToken) {
      const text = watcher.push(decoder.decode()) + watcher.flush()
      yield { text, finishReason: 'stop', promptTokens, completionTokens: completionTokens - 1 }
      return
    }
    let text = watcher.push(decoder.decode(model.tokenizer.bytesOf(token), { stream: true }))
    let finishReason: FinishReason | undefined = watcher.stopped ? 'stop' : undefined
    if (finishReason === undefined && completionTokens === limit) {
      text += watcher.push(decoder.decode()) + watcher.flush()
      finishReason = 'length'
    }
    yield { text, finishReason, promptTokens, completionTokens }
    if (finishReason !== undefined) return
    run.accept(token)
  }
}

/** Lets text through up to the first stop text. */
class StopWatcher {
  readonly #stops: readonly string[]
  #held: string = ''
  /** Whether a stop text came. */
  stopped: boolean = false

  constructor(stops: readonly string[]) {
    this.#stops = stops
  }

  /** Takes more text; returns what certainly comes before any stop text. */
  push(text: string): string {
    if (this.stopped) return ''
    this.#held += text
    const places = this.#stops.map((stop) => this.#held.indexOf(stop)).filter((place) => place >= 0)
    if (places.length > 0) {
      this.stopped = true
      return this.#release(Math.min(...places))
    }
    let certain = this.#held.length
    for (const stop of this.#stops) {
      for (let length = Math.min(stop.length - 1, this.#held.length); length > 0; length -= 1) {
        if (this.#held.endsWith(stop.slice(0, length))) certain = Math.min(certain, this.#held.length - length)
      }
    }
    return this.#release(certain)
  }

  /** What was held back; nothing after a stop text. */
  flush(): string {
    return this.stopped ? '' : this.#release(this.#held.length)
  }

  #release(length: number): string {
    const text = this.#held.slice(0, length)
    this.#held = this.#held.slice(length)
    return text
  }
}

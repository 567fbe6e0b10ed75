/**
 * The answer to a Chat Completions request: a completion object, or a stream of chunks that ends in `[DONE]`.
 *
 * The model runs on this thread, one token at a time; between two tokens the event loop turns, so other requests make
 * progress, and a client that has gone away is noticed. The prompt is one such step, of up to a whole context.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import { type FinishReason, type GenerationStep, generate } from '../model/index.ts'
import type { ChatRequest } from './chat-request.ts'
import { sendJson } from './send-json.ts'
import { asRefusal, requireRoom, requireServed, type ServedModel } from './served-model.ts'

/** Resolves when the answer has been handed over or the client has gone. @throws {Refusal} before the first byte */
export async function answerChat(served: ServedModel, request: ChatRequest, response: ServerResponse): Promise<void> {
  requireServed(served, request.model)
  requireRoom(served, request)
  const steps = withTurns(startGeneration(served, request), response)
  const head = {
    id: `chatcmpl-${randomBytes(12).toString('hex')}`,
    created: Math.floor(Date.now() / 1000),
    model: served.id,
    system_fingerprint: served.fingerprint,
  }
  if (!request.stream) return sendCompletion(response, { head, steps })
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
  await pipeline(eventsOf({ head, steps, includeUsage: request.includeUsage }), response)
}

/** What a completion and each of its chunks state alike. */
interface Head {
  readonly id: string
  readonly created: number
  readonly model: string
  readonly system_fingerprint: string
}

function startGeneration({ model }: ServedModel, { messages, generation }: ChatRequest): Iterable<GenerationStep> {
  try {
    return generate(model, messages, generation)
  } catch (error) {
    throw asRefusal(error)
  }
}

/** The steps, as long as there is somebody to read them. */
async function* withTurns(
  steps: Iterable<GenerationStep>,
  response: ServerResponse,
): AsyncGenerator<GenerationStep, void, void> {
  for (const step of steps) {
    yield step
    await setImmediate()
    if (response.destroyed) return
  }
}

async function sendCompletion(
  response: ServerResponse,
  { head, steps }: { head: Head; steps: AsyncIterable<GenerationStep> },
): Promise<void> {
  let content = ''
  for await (const step of steps) {
    content += step.text
    if (step.finishReason === undefined) continue
    const message = { role: 'assistant', content, refusal: null }
    sendJson(response, 200, {
      object: 'chat.completion',
      ...head,
      choices: [{ index: 0, message, logprobs: null, finish_reason: step.finishReason }],
      usage: usageOf(step),
    })
  }
}

async function* eventsOf(options: {
  head: Head
  steps: AsyncIterable<GenerationStep>
  includeUsage: boolean
}): AsyncGenerator<string, void, void> {
  const { head, steps, includeUsage } = options
  const event = (data: string): string => `data: ${data}\n\n`
  const chunk = (choices: readonly unknown[], usage: unknown = null): string =>
    event(JSON.stringify({ object: 'chat.completion.chunk', ...head, choices, ...(includeUsage ? { usage } : {}) }))
  const delta = (delta: unknown, reason: FinishReason | null = null): string =>
    chunk([{ index: 0, delta, logprobs: null, finish_reason: reason }])

  yield delta({ role: 'assistant', content: '' })
  for await (const step of steps) {
    if (step.text !== '') yield delta({ content: step.text })
    if (step.finishReason === undefined) continue
    yield delta({}, step.finishReason)
    if (includeUsage) yield chunk([], usageOf(step))
    yield event('[DONE]')
  }
}

const usageOf = ({ promptTokens, completionTokens }: GenerationStep): unknown => ({
  prompt_tokens: promptTokens,
  completion_tokens: completionTokens,
  total_tokens: promptTokens + completionTokens,
})

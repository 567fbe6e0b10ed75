/**
 * The AI SDK, over each of the providers that it is used with most.
 *
 * @module
 */
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText, type LanguageModel, streamText, tool } from 'ai'
import { QUESTION, SYSTEM_PROMPT, TOOL } from '../call.ts'
import type { ApiName, CallOptions, Stack } from './stack.ts'

// It warns of what it drops; the matrix says it.
globalThis.AI_SDK_LOG_WARNINGS = false

interface ProviderOptions {
  readonly baseURL: string
  readonly apiKey: string
  readonly fetch: typeof fetch
}

type Make = (options: ProviderOptions, model: string) => LanguageModel

interface About {
  readonly name: string
  readonly provider: string
  readonly api: ApiName
  readonly model: string
}

const stack = ({ provider, ...about }: About, make: Make): Stack => ({
  ...about,
  packages: ['ai', provider],
  call: (options) =>
    callModel(make({ baseURL: `${options.address}/v1`, apiKey: 'none', fetch: options.fetch }, about.model), options),
})

const OPENAI = { provider: '@ai-sdk/openai', model: 'gpt-mock' }
const ANTHROPIC = { provider: '@ai-sdk/anthropic', api: 'anthropic-messages' } as const
const COMPATIBLE = { provider: '@ai-sdk/openai-compatible', model: 'gpt-mock' }

export const AI_STACKS: readonly Stack[] = [
  stack({ name: 'ai + openai', api: 'responses', ...OPENAI }, (options, model) => createOpenAI(options)(model)),
  stack({ name: 'ai + openai, chat', api: 'chat-completions', ...OPENAI }, (options, model) =>
    createOpenAI(options).chat(model),
  ),
  stack({ name: 'ai + anthropic', model: 'claude-mock', ...ANTHROPIC }, (options, model) =>
    createAnthropic(options)(model),
  ),
  stack({ name: 'ai + anthropic, known model', model: 'claude-sonnet-4-5', ...ANTHROPIC }, (options, model) =>
    createAnthropic(options)(model),
  ),
  stack({ name: 'ai + openai-compatible', api: 'chat-completions', ...COMPATIBLE }, (options, model) =>
    createOpenAICompatible({ ...options, name: 'mock' })(model),
  ),
]

async function callModel(model: LanguageModel, { form, parameters: set }: CallOptions): Promise<string> {
  const request = {
    model,
    instructions: SYSTEM_PROMPT,
    prompt: QUESTION,
    tools: { [TOOL.name]: tool({ description: TOOL.description, inputSchema: TOOL.schema }) },
    maxRetries: 0,
    ...(set && { temperature: set.temperature, seed: set.seed, maxOutputTokens: set.maxTokens }),
  }
  if (form !== 'streamed') return (await generateText(request)).text
  let text = ''
  for await (const piece of streamText(request).textStream) text += piece
  return text
}

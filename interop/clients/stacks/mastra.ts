/**
 * Mastra, over an AI SDK model of OpenAI's Chat Completions.
 *
 * @module
 */
import { createOpenAI } from '@ai-sdk/openai'
import { Agent } from '@mastra/core/agent'
import type { MastraModelConfig } from '@mastra/core/llm'
import { createTool } from '@mastra/core/tools'
import { QUESTION, SYSTEM_PROMPT, TOOL } from '../call.ts'
import type { CallOptions, Stack } from './stack.ts'

export const MASTRA_STACKS: readonly Stack[] = [
  stack({ name: 'mastra + ai openai, chat', model: 'gpt-mock' }),
  stack({ name: 'mastra + ai openai, chat, known model', model: 'gpt-4.1-mini' }),
]

function stack({ name, model }: Pick<Stack, 'name' | 'model'>): Stack {
  return {
    name,
    model,
    packages: ['@mastra/core', '@ai-sdk/openai'],
    api: 'chat-completions',
    call: (options) => callModel(model, options),
  }
}

async function callModel(model: string, { address, fetch, form, parameters: set }: CallOptions): Promise<string> {
  const provider = createOpenAI({ baseURL: `${address}/v1`, apiKey: 'none', fetch })
  const lookup = createTool({
    id: TOOL.name,
    description: TOOL.description,
    inputSchema: TOOL.schema,
    execute: async () => 'nothing',
  })
  const agent = new Agent({
    id: 'assistant',
    name: 'Assistant',
    instructions: SYSTEM_PROMPT,
    // Its types and those of the AI SDK name the same interface apart.
    model: provider.chat(model) as unknown as MastraModelConfig,
    tools: { [TOOL.name]: lookup },
  })
  const settings = set && { temperature: set.temperature, seed: set.seed, maxOutputTokens: set.maxTokens }
  const options = settings === undefined ? {} : { modelSettings: settings }
  if (form !== 'streamed') return (await agent.generate(QUESTION, options)).text
  let text = ''
  const { textStream } = await agent.stream(QUESTION, options)
  for await (const piece of textStream) text += piece
  return text
}

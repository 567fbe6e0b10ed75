/**
 * LangChain, over OpenAI and over Anthropic.
 *
 * @module
 */
import { ChatAnthropic } from '@langchain/anthropic'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { HumanMessage, SystemMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { ChatOpenAI } from '@langchain/openai'
import { QUESTION, SYSTEM_PROMPT, TOOL } from '../call.ts'
import type { CallOptions, Stack } from './stack.ts'

const { name, description, schema } = TOOL

export const LANGCHAIN_OPENAI: Stack = {
  name: 'langchain + openai',
  packages: ['@langchain/core', '@langchain/openai'],
  api: 'chat-completions',
  model: 'gpt-mock',
  call: (options) => {
    const { address, fetch, parameters: set } = options
    const model = new ChatOpenAI({
      model: 'gpt-mock',
      apiKey: 'none',
      maxRetries: 0,
      configuration: { baseURL: `${address}/v1`, fetch },
      ...(set && { temperature: set.temperature, maxTokens: set.maxTokens, modelKwargs: { seed: set.seed } }),
    })
    return callModel(model, options)
  },
}

export const LANGCHAIN_ANTHROPIC: Stack = {
  name: 'langchain + anthropic',
  packages: ['@langchain/core', '@langchain/anthropic'],
  api: 'anthropic-messages',
  model: 'claude-mock',
  call: (options) => {
    const { address, fetch, parameters: set } = options
    const model = new ChatAnthropic({
      model: 'claude-mock',
      apiKey: 'none',
      maxRetries: 0,
      anthropicApiUrl: address,
      clientOptions: { fetch },
      ...(set && { temperature: set.temperature, maxTokens: set.maxTokens }),
    })
    return callModel(model, options)
  },
}

async function callModel(model: BaseChatModel, { form }: CallOptions): Promise<string> {
  const lookup = tool(() => 'nothing', { name, description, schema })
  const bound = model.bindTools?.([lookup])
  if (bound === undefined) throw new TypeError('the model takes no tools')
  const messages = [new SystemMessage(SYSTEM_PROMPT), new HumanMessage(QUESTION)]
  if (form !== 'streamed') return (await bound.invoke(messages)).text
  let text = ''
  for await (const chunk of await bound.stream(messages)) text += chunk.text
  return text
}

/**
 * The OpenAI client, Chat Completions.
 *
 * @module
 */
import OpenAI from 'openai'
import { QUESTION, SYSTEM_PROMPT, TOOL } from '../call.ts'
import type { Stack } from './stack.ts'

const { name, description, parameters } = TOOL

export const OPENAI_CHAT: Stack = {
  name: 'openai, chat',
  packages: ['openai'],
  api: 'chat-completions',
  model: 'gpt-mock',
  call: async ({ address, fetch, form, parameters: set }) => {
    const client = new OpenAI({ baseURL: `${address}/v1`, apiKey: 'none', fetch })
    const request = {
      model: 'gpt-mock',
      messages: [
        { role: 'system' as const, content: SYSTEM_PROMPT },
        { role: 'user' as const, content: QUESTION },
      ],
      tools: [{ type: 'function' as const, function: { name, description, parameters } }],
      ...(set && { temperature: set.temperature, seed: set.seed, max_completion_tokens: set.maxTokens }),
    }
    if (form !== 'streamed') {
      const completion = await client.chat.completions.create(request)
      return completion.choices[0]?.message.content ?? ''
    }
    let text = ''
    for await (const chunk of await client.chat.completions.create({ ...request, stream: true })) {
      text += chunk.choices[0]?.delta.content ?? ''
    }
    return text
  },
}

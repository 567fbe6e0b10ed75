/**
 * The Anthropic client. The API has no seed, and asks for `max_tokens`.
 *
 * @module
 */
import Anthropic from '@anthropic-ai/sdk'
import { QUESTION, SYSTEM_PROMPT, TOOL } from '../call.ts'
import type { Stack } from './stack.ts'

export const ANTHROPIC: Stack = {
  name: '@anthropic-ai/sdk',
  packages: ['@anthropic-ai/sdk'],
  api: 'anthropic-messages',
  model: 'claude-mock',
  call: async ({ address, fetch, form, parameters: set }) => {
    const client = new Anthropic({ baseURL: address, apiKey: 'none', fetch })
    const { required } = TOOL.parameters
    const request = {
      model: 'claude-mock',
      // Without it the client's types and the API refuse the call.
      max_tokens: set?.maxTokens ?? 16,
      system: SYSTEM_PROMPT,
      messages: [{ role: 'user' as const, content: QUESTION }],
      tools: [
        {
          name: TOOL.name,
          description: TOOL.description,
          input_schema: { ...TOOL.parameters, required: [...required] },
        },
      ],
      ...(set && { temperature: set.temperature }),
    }
    if (form === 'streamed') return client.messages.stream(request).finalText()
    const message = await client.messages.create(request)
    return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('')
  },
}

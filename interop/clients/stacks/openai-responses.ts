/**
 * The OpenAI client, Responses. The API has no seed.
 *
 * @module
 */
import OpenAI from 'openai'
import { QUESTION, SYSTEM_PROMPT, TOOL } from '../call.ts'
import type { Stack } from './stack.ts'

const { name, description, parameters } = TOOL

export const OPENAI_RESPONSES: Stack = {
  name: 'openai, responses',
  packages: ['openai'],
  api: 'responses',
  model: 'gpt-mock',
  call: async ({ address, fetch, form, parameters: set }) => {
    const client = new OpenAI({ baseURL: `${address}/v1`, apiKey: 'none', fetch })
    const request = {
      model: 'gpt-mock',
      instructions: SYSTEM_PROMPT,
      input: [{ role: 'user' as const, content: QUESTION }],
      // The client's types ask for `strict`.
      tools: [{ type: 'function' as const, name, description, parameters, strict: false }],
      ...(set && { temperature: set.temperature, max_output_tokens: set.maxTokens }),
    }
    if (form !== 'streamed') return (await client.responses.create(request)).output_text
    let text = ''
    for await (const event of await client.responses.create({ ...request, stream: true })) {
      if (event.type === 'response.output_text.delta') text += event.delta
    }
    return text
  },
}

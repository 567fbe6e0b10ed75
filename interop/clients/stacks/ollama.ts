/**
 * The Ollama client.
 *
 * @module
 */
import { Ollama } from 'ollama'
import { QUESTION, SYSTEM_PROMPT, TOOL } from '../call.ts'
import type { Stack } from './stack.ts'

const { name, description, parameters } = TOOL

export const OLLAMA: Stack = {
  name: 'ollama',
  packages: ['ollama'],
  api: 'ollama-chat',
  model: 'llama-mock',
  call: async ({ address, fetch, form, parameters: set }) => {
    const client = new Ollama({ host: address, fetch })
    const request = {
      model: 'llama-mock',
      messages: [
        { role: 'system', content: SYSTEM_PROMPT },
        { role: 'user', content: QUESTION },
      ],
      tools: [{ type: 'function', function: { name, description, parameters: asOllamaSchema(parameters) } }],
      ...(set && { options: { temperature: set.temperature, seed: set.seed, num_predict: set.maxTokens } }),
    }
    if (form !== 'streamed') return (await client.chat(request)).message.content
    let text = ''
    for await (const part of await client.chat({ ...request, stream: true })) text += part.message.content
    return text
  },
}

/** The client's types know no `additionalProperties`, and no read-only lists; what is sent is the same object. */
const asOllamaSchema = (schema: typeof parameters) => ({ ...schema, required: [...schema.required] })

/**
 * Google's Gen AI client.
 *
 * @module
 */
import { GoogleGenAI } from '@google/genai'
import { QUESTION, SYSTEM_PROMPT, TOOL } from '../call.ts'
import type { Stack } from './stack.ts'

const { name, description, parameters } = TOOL

export const GOOGLE_GENAI: Stack = {
  name: '@google/genai',
  packages: ['@google/genai'],
  api: 'gemini',
  model: 'gemini-mock',
  call: async ({ address, fetch, form, parameters: set }) => {
    const client = new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: address, fetch } })
    const request = {
      model: 'gemini-mock',
      contents: QUESTION,
      config: {
        systemInstruction: SYSTEM_PROMPT,
        tools: [{ functionDeclarations: [{ name, description, parametersJsonSchema: parameters }] }],
        ...(set && { temperature: set.temperature, seed: set.seed, maxOutputTokens: set.maxTokens }),
      },
    }
    if (form !== 'streamed') return (await client.models.generateContent(request)).text ?? ''
    let text = ''
    for await (const chunk of await client.models.generateContentStream(request)) text += chunk.text ?? ''
    return text
  },
}

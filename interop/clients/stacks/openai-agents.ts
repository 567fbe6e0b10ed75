/**
 * The OpenAI Agents SDK, whose settings have no seed.
 *
 * @module
 */
import { Agent, OpenAIResponsesModel, run, setTracingDisabled, tool } from '@openai/agents'
import OpenAI from 'openai'
import { QUESTION, SYSTEM_PROMPT, TOOL } from '../call.ts'
import type { Stack } from './stack.ts'

const { name, description, schema } = TOOL

export const OPENAI_AGENTS: Stack = {
  name: '@openai/agents',
  packages: ['@openai/agents', 'openai'],
  api: 'responses',
  model: 'gpt-mock',
  call: async ({ address, fetch, form, parameters: set }) => {
    // It would send what it traces to OpenAI.
    setTracingDisabled(true)
    const client = new OpenAI({ baseURL: `${address}/v1`, apiKey: 'none', fetch })
    const agent = new Agent({
      name: 'Assistant',
      instructions: SYSTEM_PROMPT,
      model: new OpenAIResponsesModel(client, 'gpt-mock'),
      tools: [tool({ name, description, parameters: schema, execute: () => 'nothing' })],
      ...(set && { modelSettings: { temperature: set.temperature, maxTokens: set.maxTokens } }),
    })
    if (form !== 'streamed') return (await run(agent, QUESTION)).finalOutput ?? ''
    const result = await run(agent, QUESTION, { stream: true })
    let text = ''
    for await (const piece of result.toTextStream()) text += piece
    await result.completed
    return text
  },
}

/**
 * The call that every client is asked to make: the same instructions, passage, tool, parameters and question.
 *
 * @module
 */
import { z } from 'zod'

/** `plain`, `streamed`, and `unset`: plain, and the caller sets no parameter, so that all there are come from the client. */
export const FORMS = ['plain', 'streamed', 'unset'] as const

export type Form = (typeof FORMS)[number]

/** The passage that was retrieved, which the application names. */
export const PASSAGE = { label: 'doc1', text: 'Café naïve 😀 costs 1.0 EUR' }

/** What comes before the passage in the system prompt. */
export const INSTRUCTIONS = 'You are terse.\n\nCONTEXT:\n[doc1] '

export const SYSTEM_PROMPT = `${INSTRUCTIONS}${PASSAGE.text}`

export const QUESTION = 'What is in doc1?'

/** For clients that take JSON Schema. `schema` says the same to those that take Zod. */
export const TOOL = {
  name: 'lookup',
  description: 'Looks up a price.',
  parameters: {
    type: 'object',
    properties: { item: { type: 'string', description: 'What to look up.' } },
    required: ['item'],
    additionalProperties: false,
  },
  schema: z.object({ item: z.string().describe('What to look up.') }),
} as const

export interface Parameters {
  readonly temperature: number
  readonly seed: number
  readonly maxTokens: number
}

const PARAMETERS: Parameters = { temperature: 0, seed: 7, maxTokens: 16 }

export const parametersOf = (form: Form): Parameters | undefined => (form === 'unset' ? undefined : PARAMETERS)

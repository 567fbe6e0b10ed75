/**
 * What is asked of a client stack.
 *
 * @module
 */
import type { Form, Parameters } from '../call.ts'

export interface Stack {
  /** For people, such as `ai + @ai-sdk/openai, chat`. */
  readonly name: string
  /** Those whose versions matter, the one that sends last. */
  readonly packages: readonly string[]
  readonly api: ApiName
  readonly model: string
  /** Makes the call, to its end. @returns the text of the answer, as the client gives it */
  readonly call: (options: CallOptions) => Promise<string>
}

/** How a declaration says the same thing for each API (`declared-call.ts`). */
export type ApiName = 'chat-completions' | 'responses' | 'anthropic-messages' | 'gemini' | 'ollama-chat'

export interface CallOptions {
  /** Of the provider, without a path. */
  readonly address: string
  /** Of the caller's. Every client takes one, so that what goes into it can be compared with the wire. */
  readonly fetch: typeof fetch
  readonly form: Form
  /** What the caller sets. */
  readonly parameters: Parameters | undefined
}

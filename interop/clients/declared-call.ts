/**
 * The call as a declaration says it, once for each API, in that API's own names.
 *
 * A parameter that an API does not have is declared all the same, under the name that others give it: that it can't be sent
 * is to show as missing.
 *
 * @module
 */
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { type Declaration, resolveDeclaration } from '../../src/core/declaration/index.ts'
import { parseJson } from '../../src/core/json/index.ts'
import { INSTRUCTIONS, PASSAGE, type Parameters, QUESTION, TOOL } from './call.ts'
import type { ApiName } from './stacks/index.ts'

const { name, description, parameters } = TOOL

interface ApiWords {
  readonly maxTokens: string
  /** The tool, as the API's reference shows it with nothing left to choose. */
  readonly tool: unknown
}

const WORDS: Readonly<Record<ApiName, ApiWords>> = {
  'chat-completions': {
    maxTokens: 'max_completion_tokens',
    tool: { type: 'function', function: { name, description, parameters } },
  },
  responses: {
    maxTokens: 'max_output_tokens',
    tool: { type: 'function', name, description, parameters, strict: false },
  },
  'anthropic-messages': { maxTokens: 'max_tokens', tool: { name, description, input_schema: parameters } },
  gemini: { maxTokens: 'maxOutputTokens', tool: { name, description, parametersJsonSchema: parameters } },
  'ollama-chat': {
    maxTokens: 'num_predict',
    tool: { type: 'function', function: { name, description, parameters } },
  },
}

export interface DeclaredCall {
  readonly declaration: Declaration
  /** The declared tool, as JSON. */
  readonly tool: unknown
}

/** @param call.parameters what the caller sets; none of them where it is undefined */
export function declaredCall(call: {
  readonly api: ApiName
  readonly model: string
  readonly parameters: Parameters | undefined
}): DeclaredCall {
  const words = WORDS[call.api]
  const source = {
    name: 'The price of a coffee',
    privacy: 'public',
    model: { fixed: call.model },
    instructions: { fixed: INSTRUCTIONS },
    tools: { fixed: { [name]: words.tool } },
    context: { fixed: PASSAGE.text },
    history: 'absent',
    input: { fixed: QUESTION },
    parameters: call.parameters === undefined ? 'absent' : { fixed: parametersIn(words, call.parameters) },
    outputFormat: 'absent',
    policy: 'strict',
  }
  const { declaration } = resolveDeclaration(parseJson(encodeUtf8(JSON.stringify(source))), refuseFile)
  return { declaration, tool: words.tool }
}

const parametersIn = (words: ApiWords, { temperature, seed, maxTokens }: Parameters) => {
  return { temperature, seed, [words.maxTokens]: maxTokens }
}

const refuseFile = (path: string): never => {
  throw new TypeError(`no file is declared, and so none is read: ${path}`)
}

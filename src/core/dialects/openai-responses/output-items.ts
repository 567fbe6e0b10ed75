/**
 * What the items of an answer show: text, and calls of tools
 * (`docs/spec/dialects/openai-responses.md`, "Items").
 *
 * @module
 */
import type { JsonObject, JsonValue } from '../../json/index.ts'
import { type Answer, argumentsText } from '../json-api/index.ts'

export interface OutputCall {
  readonly id: string | undefined
  readonly name: string | undefined
  readonly arguments: string
}

/** The text of each part of a message, by its index. A part that shows none has none. */
export function textsOf(answer: Answer, item: JsonObject): (string | undefined)[] {
  if (item.get('type') !== 'message') return []
  const content = item.get('content')
  if (Array.isArray(content)) return content.map((part: JsonValue) => textOf(answer, part))
  answer.markAnomalous()
  return []
}

/** A refusal is no text of the answer, as in Chat Completions. */
export function textOf(answer: Answer, part: JsonValue | undefined): string | undefined {
  const type = part instanceof Map ? part.get('type') : undefined
  const text = part instanceof Map && type === 'output_text' ? part.get('text') : undefined
  if (typeof type !== 'string' || (type === 'output_text' && typeof text !== 'string')) answer.markAnomalous()
  return typeof text === 'string' ? text : undefined
}

/** Calls whose arguments are a text that a stream gives piece by piece, and where they stand. */
const TEXTS: ReadonlyMap<string, string> = new Map([
  ['function_call', 'arguments'],
  ['custom_tool_call', 'input'],
  ['mcp_call', 'arguments'],
])

/** Other calls, also those that the server answers itself, and where they say what to do. */
const ACTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['mcp_approval_request', ['arguments']],
  ['multi_agent_call', ['arguments']],
  ['tool_search_call', ['arguments']],
  ['computer_call', ['actions', 'action']],
  ['local_shell_call', ['action']],
  ['shell_call', ['action']],
  ['web_search_call', ['action']],
  ['file_search_call', ['queries']],
  ['apply_patch_call', ['operation']],
  ['code_interpreter_call', ['code']],
  ['program', ['code']],
  ['image_generation_call', ['revised_prompt']],
])

/** The call whose pieces follow. */
export function textCallOf(item: JsonObject): OutputCall | undefined {
  const member = TEXTS.get(textIn(item, 'type') ?? '')
  return member === undefined ? undefined : { ...labelOf(item), arguments: textIn(item, member) ?? '' }
}

/** Tools of the provider's that have no name are called by their items' type. */
export function callOf(answer: Answer, item: JsonObject): OutputCall | undefined {
  const members = ACTIONS.get(textIn(item, 'type') ?? '')
  if (members === undefined) return textCallOf(item)
  const given = members.map((name) => item.get(name) ?? null).find((value) => value !== null) ?? ''
  return { ...labelOf(item), arguments: typeof given === 'string' ? given : argumentsText(answer, given) }
}

function labelOf(item: JsonObject): Omit<OutputCall, 'arguments'> {
  const type = textIn(item, 'type')?.replace(/_call$/, '')
  return { id: textIn(item, 'call_id') ?? textIn(item, 'id'), name: textIn(item, 'name') ?? type }
}

function textIn(item: JsonObject, name: string): string | undefined {
  const text = item.get(name)
  return typeof text === 'string' ? text : undefined
}

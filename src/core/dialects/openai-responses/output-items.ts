/**
 * What the items of an answer show: text, and calls of tools that the caller is to run
 * (`docs/spec/dialects/openai-responses.md`, "Items").
 *
 * @module
 */
import type { JsonObject, JsonValue } from '../../json/index.ts'
import { type Answer, argumentsText } from '../json-api/index.ts'

export interface OutputCall {
  readonly id: JsonValue | undefined
  readonly name: JsonValue | undefined
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

/** Where calls of the caller's own tools have their arguments, which are a text. */
const TEXTS: ReadonlyMap<string, string> = new Map([
  ['function_call', 'arguments'],
  ['custom_tool_call', 'input'],
])

/** Where calls of the provider's tools, which the caller runs, say what to do. */
const ACTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['computer_call', ['actions', 'action']],
  ['local_shell_call', ['action']],
  ['shell_call', ['action']],
  ['apply_patch_call', ['operation']],
  ['tool_search_call', ['arguments']],
])

/** A call of one of the caller's own tools. */
export function textCallOf(item: JsonObject): OutputCall | undefined {
  const member = TEXTS.get(typeOf(item))
  if (member === undefined) return undefined
  const given = item.get(member)
  return { id: item.get('call_id'), name: item.get('name'), arguments: typeof given === 'string' ? given : '' }
}

/** Any call that the caller is to answer. What the server ran itself is none. */
export function callOf(answer: Answer, item: JsonObject): OutputCall | undefined {
  const type = typeOf(item)
  const actions = ACTIONS.get(type)
  const id = item.get('call_id')
  if (actions === undefined || typeof id !== 'string' || isRunElsewhere(item)) return textCallOf(item)
  const action = actions.map((name) => item.get(name) ?? null).find((given) => given !== null)
  const text = action === undefined ? '' : argumentsText(answer, action)
  return { id, name: type.slice(0, -'_call'.length), arguments: text }
}

/** In a container at the server. */
function isRunElsewhere(item: JsonObject): boolean {
  const environment = item.get('environment')
  return environment instanceof Map && environment.get('type') !== 'local'
}

function typeOf(item: JsonObject): string {
  const type = item.get('type')
  return typeof type === 'string' ? type : ''
}

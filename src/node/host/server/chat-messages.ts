/**
 * The messages of a Chat Completions request, as the engine takes them.
 *
 * A message has `role` and `content` and nothing else; a member that is null counts as left out. `role` is `system`,
 * `developer` (the same to this model), `user` or `assistant`. `content` is a string, or text parts, whose texts are
 * joined as they are.
 *
 * @module
 */
import type { JsonObject, JsonValue } from '../../../core/json/index.ts'
import type { ChatMessage, ChatRole } from '../model/index.ts'
import { Refusal } from './refusal.ts'

const ROLES: ReadonlyMap<JsonValue | undefined, ChatRole> = new Map([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['assistant', 'assistant'],
])

/** @throws {Refusal} missing_required_parameter, invalid_value, unsupported_parameter */
export function readMessages(value: JsonValue | undefined): ChatMessage[] {
  if (value === undefined || value === null) {
    throw new Refusal('missing_required_parameter', 'messages is missing', { param: 'messages' })
  }
  if (!Array.isArray(value) || value.length === 0) throw invalid('messages', 'a list of at least one message')
  return value.map((message: JsonValue, index) => readMessage(message, `messages[${index}]`))
}

function readMessage(value: JsonValue, param: string): ChatMessage {
  const message = readMembers(value, { param, known: ['role', 'content'] })
  const role = ROLES.get(message.get('role'))
  if (role === undefined) throw invalid(`${param}.role`, 'system, developer, user or assistant')
  return { role, content: readContent(message.get('content'), `${param}.content`) }
}

function readContent(value: JsonValue | undefined, param: string): string {
  if (typeof value === 'string') return value
  if (!Array.isArray(value)) throw invalid(param, 'a string or a list of text parts')
  return value.map((part: JsonValue, index) => readTextPart(part, `${param}[${index}]`)).join('')
}

function readTextPart(value: JsonValue, param: string): string {
  if (!(value instanceof Map) || value.get('type') !== 'text') throw invalid(param, 'a part of type text')
  const text = readMembers(value, { param, known: ['type', 'text'] }).get('text')
  if (typeof text !== 'string') throw invalid(`${param}.text`, 'a string')
  return text
}

/** An object that says nothing beyond the members that are known. */
function readMembers(value: JsonValue, options: { param: string; known: readonly string[] }): JsonObject {
  const { param, known } = options
  if (!(value instanceof Map)) throw invalid(param, 'an object')
  for (const [name, member] of value) {
    if (known.includes(name) || member === null) continue
    throw new Refusal('unsupported_parameter', 'this host does not support the member', { param: `${param}.${name}` })
  }
  return value
}

const invalid = (param: string, want: string): Refusal => new Refusal('invalid_value', `want ${want}`, { param })

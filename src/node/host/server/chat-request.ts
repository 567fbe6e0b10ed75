/**
 * What the host takes of a Chat Completions request. What it cannot do it refuses; it never answers another question
 * than it was asked.
 *
 * | member | taken |
 * |---|---|
 * | `model` | required, a string |
 * | `messages` | required, see `chat-messages.ts` |
 * | `temperature` | 0 to 2; default 0: greedy |
 * | `top_p` | above 0, at most 1; default 1 |
 * | `seed` | integer from 0 to 2^32 - 1; default 0 |
 * | `max_completion_tokens`, `max_tokens` | integer of 1 or more, the same in both; default and bound: the room in the context |
 * | `stop` | a text or up to four, each of 1 to 256 characters; default none |
 * | `stream` | true or false; default false |
 * | `stream_options` | with `stream: true` only: `include_usage`, true or false |
 * | `n` | 1 |
 * | `frequency_penalty`, `presence_penalty` | 0 |
 * | `logprobs`, `store` | false |
 * | `response_format` | `{"type": "text"}` |
 * | `user`, `metadata`, `safety_identifier`, `prompt_cache_key`, `service_tier` | anything; without effect |
 *
 * Any other member, `tools` and `tool_choice` among them, is refused by name (`unsupported_parameter`). A member that is
 * null counts as left out. The defaults differ from OpenAI's (temperature 1, a random seed), so that the answer depends
 * on the model file and the request alone. The body is strict JSON: no duplicate keys, no lone surrogates.
 *
 * @module
 */
import { ColophonError } from '../../../core/errors.ts'
import { JsonNumber, type JsonObject, type JsonValue, parseJson } from '../../../core/json/index.ts'
import type { ChatMessage, GenerationOptions } from '../model/index.ts'
import { readMessages } from './chat-messages.ts'
import { Refusal } from './refusal.ts'

/** A request that the host can answer, if it has the model and the context has room. */
export interface ChatRequest {
  readonly model: string
  readonly messages: readonly ChatMessage[]
  readonly generation: GenerationOptions
  readonly stream: boolean
  /** A chunk with the usage before the end of the stream. */
  readonly includeUsage: boolean
}

const MOST_STOPS = 4
const LONGEST_STOP = 256

const READ: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'temperature',
  'top_p',
  'seed',
  'max_completion_tokens',
  'max_tokens',
  'stop',
  'stream',
  'stream_options',
])

const IGNORED: ReadonlySet<string> = new Set([
  'user',
  'metadata',
  'safety_identifier',
  'prompt_cache_key',
  'service_tier',
])

const isNumber = (value: JsonValue, wanted: number): boolean =>
  value instanceof JsonNumber && Number(value.token) === wanted

/** Members with one value that asks for nothing special. */
const ONLY: ReadonlyMap<string, (value: JsonValue) => boolean> = new Map([
  ['n', (value) => isNumber(value, 1)],
  ['frequency_penalty', (value) => isNumber(value, 0)],
  ['presence_penalty', (value) => isNumber(value, 0)],
  ['logprobs', (value) => value === false],
  ['store', (value) => value === false],
  ['response_format', (value) => value instanceof Map && value.size === 1 && value.get('type') === 'text'],
])

/** @throws {Refusal} invalid_json, missing_required_parameter, invalid_value, unsupported_parameter */
export function readChatRequest(body: Uint8Array): ChatRequest {
  const root = parseObject(body)
  refuseUnsupported(root)
  const model = memberOf(root, 'model')
  if (model === undefined) throw new Refusal('missing_required_parameter', 'model is missing', { param: 'model' })
  if (typeof model !== 'string') throw invalid('model', 'a string')
  const stream = readBoolean(root, 'stream')
  return {
    model,
    messages: readMessages(root.get('messages')),
    generation: readGeneration(root),
    stream,
    includeUsage: readIncludeUsage(root, stream),
  }
}

function parseObject(body: Uint8Array): JsonObject {
  try {
    const root = parseJson(body)
    if (root instanceof Map) return root
  } catch (error) {
    if (!ColophonError.is(error)) throw error
    throw new Refusal('invalid_json', `the body is not strict JSON (${error.code}${error.at ? `, ${error.at}` : ''})`)
  }
  throw new Refusal('invalid_json', 'the body is not a JSON object')
}

function refuseUnsupported(root: JsonObject): void {
  for (const [name, value] of root) {
    if (value === null || READ.has(name) || IGNORED.has(name) || ONLY.get(name)?.(value)) continue
    const what = ONLY.has(name) ? 'value of the member' : 'member'
    throw new Refusal('unsupported_parameter', `this host does not support the ${what}`, { param: name })
  }
}

function readGeneration(root: JsonObject): GenerationOptions {
  return {
    maxTokens: readMaxTokens(root),
    temperature: readNumber(root, 'temperature', 'a number from 0 to 2', (value) => value >= 0 && value <= 2),
    topP: readNumber(root, 'top_p', 'a number above 0, at most 1', (value) => value > 0 && value <= 1),
    seed: readNumber(root, 'seed', 'an integer from 0 to 2^32 - 1', (value) => value === value >>> 0),
    stop: readStop(memberOf(root, 'stop')),
  }
}

function readMaxTokens(root: JsonObject): number | undefined {
  const read = (name: string): number | undefined =>
    readNumber(root, name, 'an integer of 1 or more', (value) => Number.isSafeInteger(value) && value >= 1)
  const current = read('max_completion_tokens')
  const deprecated = read('max_tokens')
  if (current !== undefined && deprecated !== undefined && current !== deprecated) {
    throw invalid('max_tokens', 'the same as max_completion_tokens')
  }
  return current ?? deprecated
}

function readStop(value: JsonValue | undefined): readonly string[] | undefined {
  if (value === undefined) return undefined
  const stops: readonly JsonValue[] = typeof value === 'string' ? [value] : Array.isArray(value) ? value : []
  const isText = (stop: JsonValue): stop is string =>
    typeof stop === 'string' && stop.length >= 1 && stop.length <= LONGEST_STOP
  if (stops.length >= 1 && stops.length <= MOST_STOPS && stops.every(isText)) return stops
  throw invalid('stop', `one to ${MOST_STOPS} texts of 1 to ${LONGEST_STOP} characters`)
}

function readIncludeUsage(root: JsonObject, stream: boolean): boolean {
  const options = memberOf(root, 'stream_options')
  if (options === undefined) return false
  if (!(options instanceof Map) || !stream) throw invalid('stream_options', 'an object, with stream: true')
  for (const [name, value] of options) {
    if (name === 'include_usage' || value === null) continue
    throw new Refusal('unsupported_parameter', 'this host does not support the member', {
      param: `stream_options.${name}`,
    })
  }
  return readBoolean(options, 'include_usage', 'stream_options.include_usage')
}

function readBoolean(members: JsonObject, name: string, param: string = name): boolean {
  const value = memberOf(members, name) ?? false
  if (typeof value !== 'boolean') throw invalid(param, 'true or false')
  return value
}

function readNumber(
  root: JsonObject,
  name: string,
  want: string,
  accepts: (value: number) => boolean,
): number | undefined {
  const value = memberOf(root, name)
  if (value === undefined) return undefined
  const number = value instanceof JsonNumber ? Number(value.token) : Number.NaN
  if (!accepts(number)) throw invalid(name, want)
  return number
}

/** A member; undefined if it is null or left out. */
const memberOf = (members: JsonObject, name: string): JsonValue | undefined => members.get(name) ?? undefined

const invalid = (param: string, want: string): Refusal => new Refusal('invalid_value', `want ${want}`, { param })

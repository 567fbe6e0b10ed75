/**
 * The gateway's own errors on the captured path, in the shape that clients of the API read (`docs/spec/gateway-api.md`,
 * "Errors"):
 *
 *     OpenAI, and where the API is unknown   {"error":{"message":…,"type":…,"param":null,"code":…}}
 *     Anthropic                              {"type":"error","error":{"type":…,"message":…}}
 *     Gemini                                 {"error":{"code":403,"message":…,"status":…,"details":[{…"reason":…}]}}
 *     Ollama                                 {"error":…}
 *
 * Where a shape has no place for a code, the message begins with it.
 *
 * @module
 */
import { ERROR_CODES, type ErrorCode } from '../../core/errors.ts'

export interface ApiError {
  readonly status: number
  /** JSON. */
  readonly body: string
}

/**
 * The texts are the registry's: nothing of a request or an answer can get into them.
 *
 * @param input.dialect id of the dialect that reads the request
 * @param input.detail  words of the declarer's, where they say more
 */
export function apiError(input: {
  readonly code: ErrorCode
  readonly dialect: string
  readonly detail?: string | undefined
}): ApiError {
  const { code, dialect, detail } = input
  const { meaning, hint, status } = ERROR_CODES[code]
  const message = [meaning, detail, hint].filter((text) => text !== undefined).join(' ')
  const [provider = ''] = dialect.split('-')
  const shape = SHAPES.get(provider) ?? openAiShape
  return { status, body: JSON.stringify(shape({ code, status, message })) }
}

interface ErrorFacts {
  readonly code: ErrorCode
  readonly status: number
  readonly message: string
}

const openAiShape = ({ code, status, message }: ErrorFacts): object => {
  const type = status < 500 ? 'invalid_request_error' : 'server_error'
  return { error: { message, type, param: null, code } }
}

const anthropicShape = ({ code, status, message }: ErrorFacts): object => {
  const type = ANTHROPIC_TYPES.get(status) ?? (status < 500 ? 'invalid_request_error' : 'api_error')
  return { type: 'error', error: { type, message: `${code}: ${message}` } }
}

const ANTHROPIC_TYPES: ReadonlyMap<number, string> = new Map([
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [413, 'request_too_large'],
])

const geminiShape = ({ code, status, message }: ErrorFacts): object => {
  const info = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: code, domain: 'colophon' }
  const name = GOOGLE_NAMES.get(status) ?? (status < 500 ? 'INVALID_ARGUMENT' : 'INTERNAL')
  return { error: { code: status, message, status: name, details: [info] } }
}

const GOOGLE_NAMES: ReadonlyMap<number, string> = new Map([
  [401, 'UNAUTHENTICATED'],
  [403, 'PERMISSION_DENIED'],
  [404, 'NOT_FOUND'],
  [409, 'ABORTED'],
  [502, 'UNAVAILABLE'],
  [503, 'UNAVAILABLE'],
  [504, 'DEADLINE_EXCEEDED'],
])

const ollamaShape = ({ code, message }: ErrorFacts): object => ({ error: `${code}: ${message}` })

/** By the first word of the dialect's id. */
const SHAPES: ReadonlyMap<string, (error: ErrorFacts) => object> = new Map([
  ['anthropic', anthropicShape],
  ['google', geminiShape],
  ['ollama', ollamaShape],
])

/**
 * The gateway's own errors on the captured path, in the shape that clients of the OpenAI API read:
 *
 *     {"error":{"message":…,"type":…,"param":null,"code":…}}
 *
 * @module
 */
import { ERROR_CODES, type ErrorCode } from '../../core/errors.ts'

export interface OpenAiError {
  readonly status: number
  /** JSON. */
  readonly body: string
}

/** The texts are the registry's: nothing of a request or an answer can get into them. */
export function openAiError(code: ErrorCode): OpenAiError {
  const { meaning, hint, status } = ERROR_CODES[code]
  const type = status < 500 ? 'invalid_request_error' : 'server_error'
  return { status, body: JSON.stringify({ error: { message: `${meaning} ${hint}`, type, param: null, code } }) }
}

/**
 * What a gateway's errors say: by their code, since their texts are whatever somebody sends.
 *
 * @module
 */
import { isUtf8 } from '../../core/bytes/index.ts'
import { ColophonError, ERROR_CODES, type ErrorCode } from '../../core/errors.ts'
import { type JsonObject, parseJson } from '../../core/json/index.ts'
import type { GatewayAnswer } from './exchange.ts'

/**
 * @returns the body of an answer that is no refusal
 * @throws {ColophonError} as the gateway says
 */
export function requireDone(answer: GatewayAnswer, at: string): Uint8Array {
  if (answer.status < 300) return answer.body
  throw refusalOf(answer, at)
}

/** The gateway's own error: of a problem document, or of an error in OpenAI's shape. */
export function refusalOf({ status, body }: GatewayAnswer, at: string): ColophonError {
  const root = isUtf8(body) ? parseOrNothing(body) : undefined
  const error = root?.get('error')
  const code = (error instanceof Map ? (error as JsonObject) : root)?.get('code')
  if (code === 'UNAUTHORIZED') {
    const hint = 'Set COLOPHON_TOKEN to the token of that gateway.'
    return new ColophonError(code, 'the gateway wants its token', { at, hint })
  }
  if (typeof code === 'string' && Object.hasOwn(ERROR_CODES, code)) {
    const known = code as ErrorCode
    return new ColophonError(known, `the gateway refuses: ${ERROR_CODES[known].meaning}`, { at })
  }
  return new ColophonError('UPSTREAM_REFUSED', `the answer has status ${status}`, { at })
}

function parseOrNothing(body: Uint8Array): JsonObject | undefined {
  try {
    const value = parseJson(body)
    return value instanceof Map ? value : undefined
  } catch {
    return undefined
  }
}

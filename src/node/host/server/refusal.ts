/**
 * Why the host does not answer a request, in OpenAI's error shape.
 *
 * ```json
 * {"error": {"message": "…", "type": "invalid_request_error", "param": "top_p", "code": "invalid_value"}}
 * ```
 *
 * `param` names the member at fault, as in `messages[0].content`, or is null. No message repeats a value that was sent.
 *
 * @module
 */

/** Longest name of a member that a refusal repeats, in UTF-16 code units. */
const LONGEST_PARAM = 64

export type RefusalCode =
  | 'context_length_exceeded'
  | 'invalid_api_key'
  | 'invalid_json'
  | 'invalid_value'
  | 'method_not_allowed'
  | 'missing_required_parameter'
  | 'model_not_found'
  | 'request_too_large'
  | 'unknown_url'
  | 'unsupported_media_type'
  | 'unsupported_parameter'

export interface RefusalOptions {
  /** HTTP status; 400 unless told. */
  readonly status?: number
  /** The member at fault. */
  readonly param?: string
}

/** A request that the client has to change. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  readonly status: number
  readonly param: string | null

  constructor(code: RefusalCode, message: string, { status = 400, param }: RefusalOptions = {}) {
    super(message)
    this.code = code
    this.status = status
    this.param = param?.slice(0, LONGEST_PARAM) ?? null
  }

  /** The body of the response. */
  toJSON(): unknown {
    const { message, param, code } = this
    return { error: { message, type: 'invalid_request_error', param, code } }
  }
}

/** The body of a response to which the client has contributed nothing wrong. Says nothing of the cause. */
export const SERVER_ERROR: unknown = {
  error: { message: 'the host failed; the request may be sent again', type: 'server_error', param: null, code: null },
}

/**
 * What an answer says, and why one is no use.
 *
 * @module
 */
import { dialectFor } from '../../core/dialects/index.ts'
import { ColophonError, ERROR_CODES, type ErrorCode } from '../../core/errors.ts'
import { parseJson } from '../../core/json/index.ts'
import type { Completion } from '../../core/run/index.ts'
import { contentTypeOf, recordResponseHead } from '../../core/spans/index.ts'
import type { RunResponse } from '../../web/capture/index.ts'

export interface ReadAnswer {
  /** The text of the first choice; undefined where the answer has none, such as one of tool calls only. */
  readonly text: Uint8Array | undefined
  /** The model that says it answered. */
  readonly model: string | undefined
}

export function readAnswer(path: string, response: RunResponse): ReadAnswer {
  const contentType = contentTypeOf(recordResponseHead(response))
  const cut = dialectFor({ method: 'POST', path }).cutResponse({ ...response, contentType })
  return { text: cut.outputs[0]?.text, model: cut.model.state === 'named' ? cut.model.name : undefined }
}

/**
 * Why an answer that is not complete cannot be had.
 *
 * An upstream's own words may quote the request or a credential, so only what has the form of a code is repeated.
 */
export function failureOfAnswer(completion: Completion, response: RunResponse | undefined): ColophonError {
  if (completion === 'refused') return new ColophonError('POLICY_REFUSED', 'the gateway sent nothing upstream')
  if (response === undefined || completion === 'upstreamCut' || completion === 'clientAborted') {
    return new ColophonError('UPSTREAM_CUT', 'the answer did not come to its end')
  }
  if (completion === 'anomalous') {
    return new ColophonError('UPSTREAM_REFUSED', 'what came is no answer that its API would give', {
      hint: 'Check that --upstream is an API of the form of OpenAI’s Chat Completions.',
    })
  }
  const code = codeIn(response.body)
  const said = code === undefined ? '' : ` and the code ${code}`
  return new ColophonError('UPSTREAM_REFUSED', `the upstream answered with status ${response.status}${said}`, {
    hint: hintFor(code),
  })
}

function hintFor(code: string | undefined): string {
  if (code === 'context_length_exceeded') return 'Shorten input and passages: the model takes no more.'
  // A gateway's, about its own upstream.
  if (code !== undefined && Object.hasOwn(ERROR_CODES, code)) return ERROR_CODES[code as ErrorCode].hint
  return 'Check model, parameters and credentials (COLOPHON_API_KEY); the upstream’s own log says more.'
}

/** `error.code` or `error.type` of an error in OpenAI's shape. */
function codeIn(body: Uint8Array): string | undefined {
  try {
    const root = parseJson(body)
    const error = root instanceof Map ? root.get('error') : undefined
    if (!(error instanceof Map)) return undefined
    return [error.get('code'), error.get('type')].find(
      (text): text is string => typeof text === 'string' && /^[A-Za-z_]{1,48}$/.test(text),
    )
  } catch (error) {
    if (ColophonError.is(error)) return undefined
    throw error
  }
}

/**
 * Errors of the API routes: RFC 9457 problem details, with the project's code.
 *
 * @module
 */
import { ColophonError, ERROR_CODES } from '../../core/errors.ts'

const ERROR_PAGE = 'https://colophon/errors'

/** An error that is none of ours becomes INTERNAL, and says nothing of itself. */
export function problemResponse(error: unknown): Response {
  const known = ColophonError.is(error) ? error : new ColophonError('INTERNAL', ERROR_CODES.INTERNAL.meaning)
  const { meaning, status } = ERROR_CODES[known.code]
  const problem = {
    type: `${ERROR_PAGE}#${known.code}`,
    title: meaning,
    status,
    detail: known.message,
    code: known.code,
    // A place in the request. Where something of our own failed is nobody's business but ours.
    ...(known.at === undefined || status >= 500 ? {} : { at: known.at }),
    hint: known.hint,
  }
  return new Response(JSON.stringify(problem), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  })
}

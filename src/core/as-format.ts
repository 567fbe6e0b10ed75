/**
 * One code per format: whatever is wrong with a part of a document is an error of the document.
 *
 * @module
 */
import { ColophonError, type ErrorCode } from './errors.ts'

/**
 * Runs a parser; an error of a part becomes one of the whole, with the part's message, place and cause.
 *
 * @param input.code  the code of the whole
 * @param input.keep  codes that pass through as they are
 * @throws {ColophonError} `code`, or one of `keep`
 */
export function asFormat<T>(
  { code, keep = [] }: { readonly code: ErrorCode; readonly keep?: readonly ErrorCode[] },
  parse: () => T,
): T {
  try {
    return parse()
  } catch (error) {
    if (!ColophonError.is(error) || error.code === code || keep.includes(error.code)) throw error
    throw new ColophonError(code, error.message, {
      cause: error,
      details: error.details,
      ...(error.at === undefined ? {} : { at: error.at }),
    })
  }
}

/**
 * Errors of a file's contents, with the file they are in.
 *
 * @module
 */
import { ColophonError } from '../../core/errors.ts'

/** What `parse` gives. An error of its gets the file's name before its place: `trust.json: /signers/0`. */
export function inFile<T>(path: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (!ColophonError.is(error)) throw error
    const { code, message, at, hint, details } = error
    throw new ColophonError(code, message, { at: placeInFile(path, at), hint, details, cause: error })
  }
}

/** `FILE:LINE:COLUMN`, as editors take it; any other place stands apart. */
export function placeInFile(path: string, place: string | undefined): string {
  if (place === undefined || place === '') return path
  return /^\d+:\d+$/.test(place) ? `${path}:${place}` : `${path}: ${place}`
}

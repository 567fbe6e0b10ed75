/**
 * The arguments of a call, of an API that gives them as JSON and not as a text.
 *
 * @module
 */
import { ColophonError } from '../../errors.ts'
import { canonicalText, type JsonValue } from '../../json/index.ts'
import type { Answer } from './answer.ts'

/** Their canonical text. A value that has none is an anomaly, and no text. */
export function argumentsText(answer: Answer, given: JsonValue): string {
  try {
    return canonicalText(given)
  } catch (error) {
    if (!ColophonError.is(error, 'JSON_NUMBER_RANGE')) throw error
    answer.markAnomalous()
    return ''
  }
}

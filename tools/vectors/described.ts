/**
 * Long texts as lists of parts, so that files of vectors stay small.
 *
 * @module
 */
import type { Parts } from './parts.ts'

/** Characters that stand there 100 times or more in a row. */
const RUN = /(.)\1{99,}/gsu

/** A text, with each run of one character as a repetition. */
export function described(text: string): Parts {
  const parts: Exclude<Parts, string>[number][] = []
  let at = 0
  for (const { 0: run, 1: repeat = '', index } of text.matchAll(RUN)) {
    if (index > at) parts.push(text.slice(at, index))
    parts.push({ repeat, times: run.length / repeat.length })
    at = index + run.length
  }
  return at === 0 ? text : [...parts, text.slice(at)]
}

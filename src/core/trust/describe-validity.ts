/**
 * A validity in words.
 *
 * @module
 */
import type { Bound, Validity } from './validity.ts'

/** Such as `always`, or `before entry 5 of log.example (rotated)`. */
export function describeValidity(valid: Validity): string {
  if (valid === 'always') return valid
  const { from, until, because } = valid
  const bounds = [FROM(from), UNTIL(until)].filter((words) => words !== '')
  return `${bounds.join(' and ')} (${because})`
}

const FROM = (bound: Bound): string => {
  if (bound === 'any') return ''
  return bound.kind === 'time' ? `from ${bound.time} on` : `from entry ${bound.size} of ${bound.origin} on`
}

const UNTIL = (bound: Bound): string => {
  if (bound === 'any') return ''
  if (bound.kind === 'time') return `until ${bound.time}`
  return bound.size === 0n ? 'for nothing at all' : `before entry ${bound.size} of ${bound.origin}`
}

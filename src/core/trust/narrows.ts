/**
 * Whether one validity believes no more than another.
 *
 * @module
 */
import { parseTime } from '../bytes/index.ts'
import type { Bound, Validity } from './validity.ts'

/** False also where the two cannot be compared: a time and a position, positions of two logs. */
export function narrows(input: { readonly wide: Validity; readonly narrow: Validity }): boolean {
  const { wide, narrow } = input
  if (wide === 'always' || isEmpty(narrow)) return true
  if (narrow === 'always') return false
  return (
    isWithin(wide.from, narrow.from, (outer, inner) => inner >= outer) &&
    isWithin(wide.until, narrow.until, (outer, inner) => inner <= outer)
  )
}

/** Believed for nothing: no entry comes before the first. */
const isEmpty = (valid: Validity): boolean =>
  valid !== 'always' && valid.until !== 'any' && valid.until.kind === 'log' && valid.until.size === 0n

function isWithin(outer: Bound, inner: Bound, compare: (outer: bigint, inner: bigint) => boolean): boolean {
  if (outer === 'any') return true
  if (inner === 'any') return false
  if (outer.kind === 'time') {
    return inner.kind === 'time' && compare(BigInt(parseTime(outer.time)), BigInt(parseTime(inner.time)))
  }
  return inner.kind === 'log' && inner.origin === outer.origin && compare(outer.size, inner.size)
}

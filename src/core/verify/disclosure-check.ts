/**
 * What every check against a disclosure works with.
 *
 * @module
 */
import { equalBytes } from '../bytes/index.ts'
import { canonicalize } from '../json/index.ts'
import type { CheckSheet } from './check-sheet.ts'
import type { Crypto, ReadRecord } from './read-record.ts'

export interface DisclosureCheck {
  readonly read: ReadRecord
  readonly sheet: CheckSheet
  readonly crypto: Crypto
}

/** Whether two values have one RFC 8785 form. */
export function sameJson(left: object, right: object): boolean {
  return equalBytes({ left: canonicalize(left), right: canonicalize(right) })
}

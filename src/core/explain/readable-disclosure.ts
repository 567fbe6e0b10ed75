/**
 * A disclosure that can be shown.
 *
 * @module
 */
import { type Disclosure, parseDisclosure } from '../disclosure/index.ts'
import { ColophonError } from '../errors.ts'

/** One that cannot be read is a failed check of the report already, and shows nothing: undefined. */
export function readableDisclosure(bytes: Uint8Array | undefined): Disclosure | undefined {
  if (bytes === undefined) return undefined
  try {
    return parseDisclosure(bytes)
  } catch (error) {
    if (ColophonError.is(error)) return undefined
    throw error
  }
}

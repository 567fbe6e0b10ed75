/**
 * What the readers of the policy's members share: every refusal is TRUST_POLICY_MALFORMED, and says where.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import type { ObjectReader } from '../json/index.ts'

/** Said first, since a misspelt member is missing, too, and its name tells more. */
export function requireKnown(reader: ObjectReader, names: readonly string[]): void {
  const unknown = reader.members().find(({ name }) => !names.includes(name))
  if (unknown !== undefined) throw malformed(`an unknown member, want ${names.join(', ')}`, unknown.at)
}

export function requireDistinct(texts: readonly string[], at: string): void {
  if (new Set(texts).size !== texts.length) throw malformed('the same one stands there twice', at)
}

/** What `parse` gives; its errors know nothing of the file. */
export function placed<T>(at: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (!ColophonError.is(error)) throw error
    throw new ColophonError('TRUST_POLICY_MALFORMED', error.message, { at, cause: error })
  }
}

export const malformed = (message: string, at: string): ColophonError =>
  new ColophonError('TRUST_POLICY_MALFORMED', message, { at })

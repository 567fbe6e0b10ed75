/**
 * The credential of an upstream, as a header. It is never printed, and no record holds it.
 *
 * @module
 */
import { ColophonError } from '../../core/errors.ts'
import type { Header } from '../../core/spans/index.ts'

/** @throws {ColophonError} USAGE  a key that no header can carry; it is not quoted */
export function credentialHeaders(apiKey: string | undefined): Header[] {
  if (apiKey === undefined) return []
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new ColophonError('USAGE', 'COLOPHON_API_KEY has a character that no header may have')
  }
  return [['authorization', `Bearer ${apiKey}`]]
}

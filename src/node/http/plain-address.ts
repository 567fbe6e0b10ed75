/**
 * Addresses of servers, as people give them.
 *
 * @module
 */
import { ColophonError } from '../../core/errors.ts'

/**
 * An http or https address without user, query and fragment.
 *
 * @param options.of       whose it is, as in `the upstream`
 * @param options.example  for the hint
 * @throws {ColophonError} USAGE
 */
export function requirePlainAddress(
  address: string,
  { of, example }: { readonly of: string; readonly example: string },
): URL {
  const url = URL.parse(address)
  const isPlain =
    url !== null &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === ''
  if (isPlain) return url
  // Not quoted: an address that is refused may be one with a password in it.
  throw new ColophonError('USAGE', `${of} is not a plain http or https address`, {
    hint: `Give it without user, query and fragment, such as ${example}.`,
  })
}

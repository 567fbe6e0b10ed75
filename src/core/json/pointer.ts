/**
 * JSON Pointer (RFC 6901, https://www.rfc-editor.org/rfc/rfc6901). The whole document is the empty text.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'

/**
 * Pointer to a member or element of what `pointer` points to.
 *
 * @param segment  a key as it is (decoded), an array index as a number or its decimal text
 */
export function appendPointer(pointer: string, segment: string | number): string {
  if (typeof segment === 'string') return `${pointer}/${/[~/]/.test(segment) ? escaped(segment) : segment}`
  if (!Number.isSafeInteger(segment) || segment < 0) throw new RangeError('segment: want an index of 0 or more')
  return `${pointer}/${segment}`
}

const escaped = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1')

/**
 * The keys and indexes on a pointer's path, decoded, all as text.
 *
 * RFC 6901 sections 3 and 4; `~` stands only as `~0` and `~1`.
 *
 * @throws {ColophonError} SCHEMA_MISMATCH
 */
export function parsePointer(text: string): string[] {
  if (text === '') return []
  if (text.charCodeAt(0) !== 0x2f)
    throw new ColophonError('SCHEMA_MISMATCH', 'a JSON Pointer begins with "/" or is empty')
  const wrong = text.search(/~(?![01])/)
  if (wrong >= 0)
    throw new ColophonError('SCHEMA_MISMATCH', `character ${wrong} of a JSON Pointer is a "~", want ~0 or ~1`)
  const segments = text.slice(1).split('/')
  // This order, so that ~01 becomes ~1 and not /.
  return segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/**
 * Reading our own documents: a text that is not the canonical one of its value is refused, so every changed byte is.
 *
 * @module
 */
import { canonicalize } from './canonicalize.ts'
import { type JsonLimits, jsonLimits } from './limits.ts'
import { errorAtByte } from './malformed.ts'
import { type JsonValue, parseJson } from './value.ts'

/**
 * The value of a JSON text in RFC 8785 form.
 *
 * @throws {ColophonError} JSON_NOT_CANONICAL, JSON_NUMBER_RANGE, and as `scanJson`
 */
export function parseCanonicalJson(bytes: Uint8Array, limits?: Partial<JsonLimits>): JsonValue {
  const value = parseJson(bytes, limits)
  const canonical = canonicalize(value, { maxDepth: jsonLimits(limits).maxDepth })
  let same = 0
  while (same < bytes.length && bytes[same] === canonical[same]) same++
  if (same < bytes.length || canonical.length !== bytes.length) {
    throw errorAtByte('JSON_NOT_CANONICAL', same, `JSON differs from its RFC 8785 form from byte ${same} on`)
  }
  return value
}

/**
 * The digests by which a content that somebody has may have been sent: as it is, without the end of line that editors put
 * at the end of a file, or, where it is JSON, in canonical form, as tools and schemas are digested.
 *
 * @module
 */
import { encodeHex } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { canonicalize, parseJson } from '../../core/json/index.ts'
import { nodeSha256 } from '../keys/index.ts'

const LF = 0x0a
const CR = 0x0d

/** Hex, the content as it is first. */
export function contentDigests(content: Uint8Array): readonly string[] {
  const forms = [content, withoutLineEnd(content), canonicalForm(content)]
  return [...new Set(forms.flatMap((form) => (form === undefined ? [] : [encodeHex(nodeSha256(form))])))]
}

function withoutLineEnd(content: Uint8Array): Uint8Array | undefined {
  if (content.at(-1) !== LF) return undefined
  return content.subarray(0, content.at(-2) === CR ? -2 : -1)
}

/** A string in quotes is no part: what it says is. */
function canonicalForm(content: Uint8Array): Uint8Array | undefined {
  try {
    const value = parseJson(content)
    return typeof value === 'string' ? undefined : canonicalize(value)
  } catch (error) {
    if (ColophonError.is(error)) return undefined
    throw error
  }
}

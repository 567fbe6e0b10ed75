/**
 * A declaration as it is posted: the document and the contents behind its digests, in RFC 8785 form.
 *
 *     {"contents":[{"encoding":…,"name":…,"role":…,"value":…}, …],"declaration":{…}}
 *
 * @module
 */
import { encodeUtf8 } from '../../core/bytes/index.ts'
import {
  type ComponentContent,
  type DeclarationSource,
  parseDeclaration,
  requireRules,
  requireWholeContents,
} from '../../core/declaration/index.ts'
import { parseCanonicalJson, readObject } from '../../core/json/index.ts'
import { ROLES } from '../../core/roles/index.ts'

const MAX_CONTENTS = 10_000

/**
 * Contents and document belong together: each component has its content, and no content is left over. Otherwise a later
 * disclosure would open nothing.
 *
 * @throws {ColophonError} DECLARATION_*, SCHEMA_MISMATCH, JSON_*
 */
export function readPostedDeclaration(bytes: Uint8Array): DeclarationSource {
  const reader = readObject(parseCanonicalJson(bytes), '')
  const declaration = parseDeclaration(reader.value('declaration'), '/declaration')
  const contents = reader.array('contents', { max: MAX_CONTENTS }).map(({ value, at }): ComponentContent => {
    const content = readObject(value, at)
    const read = {
      role: content.oneOf('role', ROLES),
      name: content.string('name', { max: 256 }),
      encoding: content.oneOf('encoding', ['text', 'json'] as const),
      value: encodeUtf8(content.string('value')),
    }
    content.end()
    return read
  })
  reader.end()
  requireWholeContents({ declaration, contents })
  requireRules(contents)
  return { declaration, contents }
}

/**
 * Document and contents belong together: each content is that of a digest, and for a whole declaration each digest has its
 * content.
 *
 * @module
 */
import { decodeHex } from '../bytes/index.ts'
import { ColophonError, type ErrorCode } from '../errors.ts'
import { ROLES, type Role } from '../roles/index.ts'
import { type Component, componentDigester, digestsOf } from './component.ts'
import type { Declaration } from './document.ts'
import type { DeclarationSource } from './source.ts'

/** Otherwise a later disclosure could open nothing. @throws {ColophonError} DECLARATION_MALFORMED */
export function requireWholeContents(source: DeclarationSource): void {
  requireOwnContents(source, 'DECLARATION_MALFORMED')
  if (source.contents.length === countContents(source.declaration)) return
  throw new ColophonError('DECLARATION_MALFORMED', 'not every digest of the declaration has its content', {
    at: '/contents',
  })
}

/** Contents may be only some of the declaration's. @throws {ColophonError} of `code` */
export function requireOwnContents({ declaration, contents }: DeclarationSource, code: ErrorCode): void {
  const digest = componentDigester(declaration.blind === undefined ? undefined : decodeHex(declaration.blind, {}))
  const seen = new Set<string>()
  for (const content of contents) {
    const { role, name, encoding, value } = content
    const component = componentsOf(declaration, role).find((one) => one.name === name)
    const digestHex = digest(content)
    const isOwn = digestsOf(component).some((one) => one.encoding === encoding && one.digest === digestHex)
    const isShort = component !== undefined && 'prefix' in component && component.prefix.bytes !== value.length
    const once = JSON.stringify([role, name, encoding, digestHex])
    if (!isOwn || isShort || seen.has(once)) {
      const message = `the content shown for ${role} ${name} is not one that the declaration has a digest of`
      throw new ColophonError(code, message, { at: '/contents' })
    }
    seen.add(once)
  }
}

/** How many contents a whole declaration has. */
export const countContents = (declaration: Declaration): number =>
  ROLES.reduce((count, role) => count + componentsOf(declaration, role).flatMap(digestsOf).length, 0)

function componentsOf({ roles }: Declaration, role: Role): readonly Component[] {
  const declared = roles[role]
  return declared.state === 'fixed' ? declared.components : []
}

/**
 * Document and contents belong together: each component has its content, and no content is left over.
 *
 * @module
 */
import { decodeHex } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { ROLES } from '../roles/index.ts'
import { type ComponentContent, componentDigester } from './component.ts'
import type { Declaration } from './document.ts'
import type { DeclarationSource } from './source.ts'

/** Without this a later disclosure could open nothing. @throws {ColophonError} DECLARATION_MALFORMED */
export function requireWholeContents({ declaration, contents }: DeclarationSource): void {
  const declared = declaredComponents(declaration)
  const digest = componentDigester(declaration.blind === undefined ? undefined : decodeHex(declaration.blind, {}))
  const given = contents.map((content) => labelled(content, digest(content)))
  if (declared.length === given.length && declared.sort().join() === given.sort().join()) return
  throw new ColophonError('DECLARATION_MALFORMED', 'the contents are not those that the declaration has digests of', {
    at: '/contents',
  })
}

function declaredComponents({ roles }: Declaration): string[] {
  return ROLES.flatMap((role) => {
    const declared = roles[role]
    return declared.state === 'fixed' ? declared.components.map((part) => labelled({ ...part, role }, part.digest)) : []
  })
}

const labelled = ({ role, name, encoding }: Omit<ComponentContent, 'value'>, digestHex: string): string =>
  JSON.stringify([role, name, encoding, digestHex])

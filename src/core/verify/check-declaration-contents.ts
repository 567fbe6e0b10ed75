/**
 * The declaration against its disclosure: the bound id, and contents of its own (`docs/spec/disclosure.md`,
 * "Declaration").
 *
 * @module
 */
import { decodeHex } from '../bytes/index.ts'
import {
  type Component,
  type ComponentContent,
  componentDigester,
  type Declaration,
  declarationId,
  publishedDeclaration,
} from '../declaration/index.ts'
import type { DisclosedDeclaration } from '../disclosure/index.ts'
import { ColophonError } from '../errors.ts'
import { ROLES } from '../roles/index.ts'
import { type DisclosureCheck, sameJson } from './disclosure-check.ts'

/** What the disclosure proves of the declaration. */
export interface ProvenDeclaration {
  readonly document: Declaration
  /** Each with the digest that the declaration has for it. */
  readonly contents: readonly ComponentContent[]
  /** Whether the contents of every fixed component are there. */
  readonly whole: boolean
}

export async function checkDeclarationContents(
  { read, sheet }: DisclosureCheck,
  disclosed: DisclosedDeclaration | undefined,
): Promise<ProvenDeclaration | undefined> {
  const { declaration } = read
  if (declaration === undefined && disclosed === undefined) {
    sheet.skip('declarationContents', 'The run was bound to no declaration.')
    return undefined
  }
  if (disclosed === undefined) {
    sheet.skip('declarationContents', 'No disclosure of the declaration was given.')
    return undefined
  }
  const components = countComponents(disclosed.document)
  const shown = `${disclosed.contents.length} of ${components} contents`
  return sheet.attempt(
    'declarationContents',
    `The declaration has the bound id; ${shown} are shown and are its own.`,
    () => {
      const { document, contents } = disclosed
      const published = publishedDeclaration(document)
      if (declaration === undefined || declarationId(document) !== declaration.id) {
        throw mismatch('the disclosed declaration is another than the run was bound to')
      }
      if (!sameJson(published, declaration.declaration))
        throw mismatch('the signed declaration differs from the disclosed one')
      requireContents(document, contents)
      return { document, contents, whole: contents.length === components }
    },
  )
}

function requireContents(document: Declaration, contents: readonly ComponentContent[]): void {
  const digest = componentDigester(document.blind === undefined ? undefined : decodeHex(document.blind, {}))
  const seen = new Set<string>()
  for (const content of contents) {
    const component = componentsOf(document, content.role).find(({ name }) => name === content.name)
    const label = `${content.role} ${content.name}`
    if (component?.encoding !== content.encoding || component.digest !== digest(content)) {
      throw mismatch(`the content shown for ${label} is not what the declaration fixes`)
    }
    if (seen.has(label)) throw mismatch(`the content of ${label} is shown twice`)
    seen.add(label)
  }
}

function componentsOf({ roles }: Declaration, role: ComponentContent['role']): readonly Component[] {
  const declared = roles[role]
  return declared.state === 'fixed' ? declared.components : []
}

const countComponents = (document: Declaration): number =>
  ROLES.reduce((count, role) => count + componentsOf(document, role).length, 0)

const mismatch = (message: string): ColophonError => new ColophonError('DECLARATION_MISMATCH', message)

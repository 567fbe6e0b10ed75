/**
 * The declaration against its disclosure: the bound id, and contents of its own (`docs/spec/disclosure.md`,
 * "Declaration").
 *
 * @module
 */
import {
  type ComponentContent,
  countContents,
  type Declaration,
  declarationId,
  publishedDeclaration,
  requireOwnContents,
} from '../declaration/index.ts'
import type { DisclosedDeclaration } from '../disclosure/index.ts'
import { ColophonError } from '../errors.ts'
import { type DisclosureCheck, sameJson } from './disclosure-check.ts'

/** What the disclosure proves of the declaration. */
export interface ProvenDeclaration {
  readonly document: Declaration
  /** Each with a digest that the declaration has for it. */
  readonly contents: readonly ComponentContent[]
  /** Whether every content of the declaration is there. */
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
  const total = countContents(disclosed.document)
  const shown = `${disclosed.contents.length} of ${total} contents`
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
      requireOwnContents({ declaration: document, contents }, 'DECLARATION_MISMATCH')
      return { document, contents, whole: contents.length === total }
    },
  )
}

const mismatch = (message: string): ColophonError => new ColophonError('DECLARATION_MISMATCH', message)

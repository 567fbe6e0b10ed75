/**
 * How this implementation runs a case of `declaration-file`.
 *
 * @module
 */
import { resolveDeclaration } from '../../../src/core/declaration/index.ts'
import { ColophonError } from '../../../src/core/errors.ts'
import { canonicalText, parseJson } from '../../../src/core/json/index.ts'
import { bytesOfText, type Parts } from '../parts.ts'
import type { Value } from '../topic.ts'

export type Files = { readonly [path: string]: string }
export type DeclarationFileInput = { readonly fileText: Parts; readonly files?: Files; readonly takesRules?: boolean }

export const runDeclarationFile = ({ fileText, files = {} }: DeclarationFileInput): Value => {
  const { declaration } = resolveDeclaration(parseJson(bytesOfText(fileText)), (path) => {
    const file = files[path]
    if (file === undefined) throw new ColophonError('FILE_UNREADABLE', 'no such file')
    return bytesOfText(file)
  })
  return { documentText: canonicalText(declaration) }
}

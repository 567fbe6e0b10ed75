/**
 * How this implementation runs a case of `declaration`.
 *
 * @module
 */
import {
  componentDigester,
  declarationId,
  parseDeclaration,
  parseDeclarationStatement,
  parsePublishedDeclaration,
} from '../../../src/core/declaration/index.ts'
import { parseJson } from '../../../src/core/json/index.ts'
import type { Role } from '../../../src/core/roles/index.ts'
import { bytesOfHex, bytesOfText, type Parts } from '../parts.ts'
import type { Value } from '../topic.ts'

export type DeclarationInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly component?: { readonly role: string; readonly name: string; readonly encoding: string }
  readonly valueText?: Parts
  readonly blindHex?: string
  readonly documentText?: Parts
  readonly payloadText?: Parts
}

export const OPERATIONS = {
  digest: 'The digest of `component` with the value `valueText`, in a declaration with `blindHex` where that is there.',
  readDocument: 'The `id` of the whole document `documentText`, which is strict JSON in any form.',
  readPublished: 'Whether `documentText`, strict JSON in any form, is a published document: its `privacy`.',
  readStatement: 'The subject’s `id` and the `nonce` of the declaration statement `payloadText`; nothing is verified.',
}

export const runDeclaration = ({
  operation,
  component,
  valueText = '',
  blindHex,
  documentText = '',
  payloadText = '',
}: DeclarationInput): Value => {
  switch (operation) {
    case 'digest': {
      const digester = componentDigester(blindHex === undefined ? undefined : bytesOfHex(blindHex))
      const { role, name, encoding } = component as { role: Role; name: string; encoding: 'text' | 'json' }
      return { digest: digester({ role, name, encoding, value: bytesOfText(valueText) }) }
    }
    case 'readDocument':
      return { id: declarationId(parseDeclaration(parseJson(bytesOfText(documentText)), '')) }
    case 'readPublished':
      return { privacy: parsePublishedDeclaration(parseJson(bytesOfText(documentText)), '').privacy }
    case 'readStatement': {
      const { id, nonce } = parseDeclarationStatement(bytesOfText(payloadText))
      return { id, nonce }
    }
  }
}

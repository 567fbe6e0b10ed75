/**
 * How this implementation runs a case of `note`.
 *
 * @module
 */
import { formatVerifierKey, fullKeyId, openNote, parseNote, parseVerifierKey } from '../../../src/core/note/index.ts'
import { nobleVerifier } from '../../../src/core/signature/index.ts'
import { hexOf, type Parts, textOf } from '../parts.ts'
import type { Value } from '../topic.ts'

export type NoteInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly key?: string
  readonly keys?: readonly string[]
  readonly noteText?: Parts
}

export const OPERATIONS = {
  readKey: 'The vkey `key`: `name`, `type`, `publicKeyHex` and the whole key id, `keyIdHex`.',
  read: 'The signed note `noteText`: its text, `signedText`, and `signatures` with `name`, `keyHashHex`, `signatureHex`.',
  open: 'The signed note `noteText` with the known vkeys `keys`: the names of those that signed it, in its order, `signers`.',
}

export const runNote = async ({ operation, key = '', keys = [], noteText = '' }: NoteInput): Promise<Value> => {
  switch (operation) {
    case 'readKey': {
      const parsed = parseVerifierKey(key)
      if (formatVerifierKey(parsed) !== key) throw new Error('another text came back')
      const { name, type, publicKey } = parsed
      return { name, type, publicKeyHex: hexOf(publicKey), keyIdHex: hexOf(fullKeyId(parsed)) }
    }
    case 'read': {
      const { text, signatures } = parseNote(textOf(noteText))
      return {
        signedText: text,
        signatures: signatures.map(({ name, keyHash, signature }) => {
          return { name, keyHashHex: hexOf(keyHash), signatureHex: hexOf(signature) }
        }),
      }
    }
    case 'open': {
      const known = keys.map(parseVerifierKey)
      const { verified } = await openNote({ note: parseNote(textOf(noteText)), keys: known, verifier: nobleVerifier })
      return { signers: verified.map(({ name }) => name) }
    }
  }
}

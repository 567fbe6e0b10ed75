/**
 * How this implementation runs a case of `log-entry`.
 *
 * @module
 */
import { formatEntry, parseEntry } from '../../../src/core/hashedrekord/index.ts'
import { leafHash } from '../../../src/core/merkle/index.ts'
import { bytesOfHex, bytesOfText, hexOf, type Parts } from '../parts.ts'
import type { Value } from '../topic.ts'

export type LogEntryInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly digestHex?: string
  readonly signatureHex?: string
  readonly publicKeyHex?: string
  readonly entryText?: Parts
}

export const OPERATIONS = {
  write:
    'The entry of a digest `digestHex`, a signature `signatureHex` and a SubjectPublicKeyInfo `publicKeyHex`: ' +
    '`entryText`, and its leaf hash in the log, `leafHashHex`.',
  read: 'The bytes `entryText` read as an entry: `digestHex`, `signatureHex`, `publicKeyHex`. Nothing is verified.',
}

export const runLogEntry = ({
  operation,
  digestHex = '',
  signatureHex = '',
  publicKeyHex = '',
  entryText = '',
}: LogEntryInput): Value => {
  if (operation === 'write') {
    const bytes = formatEntry({
      artifactDigest: bytesOfHex(digestHex),
      signature: bytesOfHex(signatureHex),
      publicKey: bytesOfHex(publicKeyHex),
    })
    return { entryText: new TextDecoder().decode(bytes), leafHashHex: hexOf(leafHash(bytes)) }
  }
  const { artifactDigest, signature, publicKey } = parseEntry(bytesOfText(entryText))
  return { digestHex: hexOf(artifactDigest), signatureHex: hexOf(signature), publicKeyHex: hexOf(publicKey) }
}

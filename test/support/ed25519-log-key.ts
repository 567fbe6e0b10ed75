/**
 * A log's Ed25519 key for tests, with node:crypto.
 *
 * @module
 */
import { generateKeyPairSync, sign } from 'node:crypto'
import { keyHash, type NoteSignature, type VerifierKey } from '../../src/core/note/index.ts'

export interface LogSigner {
  readonly key: VerifierKey
  /** The signature line over a note's text. */
  sign(text: string): NoteSignature
}

/** A signer with a new key. */
export function makeLogSigner(name: string): LogSigner {
  const { privateKey, publicKey: keyObject } = generateKeyPairSync('ed25519')
  const publicKey = Uint8Array.from(keyObject.export({ format: 'der', type: 'spki' }).subarray(-32))
  const key: VerifierKey = { name, type: 1, publicKey, keyHash: keyHash({ name, type: 1, publicKey }) }
  return {
    key,
    sign: (text) => ({
      name,
      keyHash: key.keyHash,
      signature: Uint8Array.from(sign(null, Buffer.from(text), privateKey)),
    }),
  }
}

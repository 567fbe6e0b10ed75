/**
 * Signing checkpoints with a key file.
 *
 * @module
 */
import { createPublicKey, sign } from 'node:crypto'
import { ColophonError } from '../../core/errors.ts'
import type { CheckpointSigner } from '../../web/log/index.ts'
import { readKeyFile } from './key-file.ts'

/** Bytes of an Ed25519 public key: the end of its SubjectPublicKeyInfo (RFC 8410 section 4). */
const PUBLIC_KEY_SIZE = 32

/**
 * The Ed25519 key of a file as the signer of a log.
 *
 * @param origin  the log's origin, which names the key
 * @throws {ColophonError} KEY_MALFORMED  not an Ed25519 key
 * @throws {ColophonError} KEY_PERMISSIONS, FILE_UNREADABLE
 */
export const loadCheckpointSigner = (path: string, origin: string): CheckpointSigner => {
  const key = readKeyFile(path)
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new ColophonError('KEY_MALFORMED', `got a key of type ${key.asymmetricKeyType}, want Ed25519`, { at: path })
  }
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return {
    name: origin,
    publicKey: new Uint8Array(spki.subarray(spki.length - PUBLIC_KEY_SIZE)),
    sign: (text) => new Uint8Array(sign(null, text, key)),
  }
}

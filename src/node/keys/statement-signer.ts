/**
 * Signing statements with a key file.
 *
 * @module
 */
import { createPublicKey, sign } from 'node:crypto'
import { ColophonError } from '../../core/errors.ts'
import { keyId, lowSDer } from '../../core/signature/index.ts'
import type { StatementSigner } from '../../web/capture/index.ts'
import { readKeyFile } from './key-file.ts'

/**
 * The P-256 key of a file as a signer. The key object is made once: signing from PEM is 10 times slower.
 *
 * @throws {ColophonError} KEY_MALFORMED  not a P-256 key
 * @throws {ColophonError} KEY_PERMISSIONS, FILE_UNREADABLE
 */
export const loadStatementSigner = (path: string): StatementSigner => {
  const key = readKeyFile(path)
  const curve = key.asymmetricKeyDetails?.namedCurve
  if (key.asymmetricKeyType !== 'ec' || curve !== 'prime256v1') {
    throw new ColophonError('KEY_MALFORMED', `got a key of type ${curve ?? key.asymmetricKeyType}, want P-256`, {
      at: path,
    })
  }
  const publicKey = new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }))
  return {
    publicKey,
    keyId: keyId(publicKey),
    sign: (message) => lowSDer(sign('sha256', message, { key, dsaEncoding: 'der' })),
  }
}

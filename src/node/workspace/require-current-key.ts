/**
 * Nothing is signed while the issuer's key is being replaced: the trust policy may have retired the old one already.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { ColophonError } from '../../core/errors.ts'
import type { StatementSigner } from '../../web/capture/index.ts'
import { loadStatementSigner } from '../keys/index.ts'
import type { WorkspacePaths } from './paths.ts'

/**
 * To be asked under the store's lock, which a rotation holds too.
 *
 * @param signer  as it was loaded before the lock was had
 * @throws {ColophonError} KEY_ROTATING  a rotation was begun and not finished, or was finished since the key was loaded
 */
export function requireCurrentKey(paths: WorkspacePaths, signer: StatementSigner): void {
  if (existsSync(paths.nextIssuerKey)) {
    throw new ColophonError('KEY_ROTATING', 'a rotation of the issuer’s key was begun and not finished', {
      at: paths.nextIssuerKey,
    })
  }
  if (loadStatementSigner(paths.issuerKey).keyId === signer.keyId) return
  throw new ColophonError('KEY_ROTATING', 'the issuer’s key was replaced just now', {
    at: paths.issuerKey,
    hint: 'Run the command again.',
  })
}

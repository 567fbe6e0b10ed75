/**
 * Public keys as files for other software.
 *
 * @module
 */
import { createPublicKey } from 'node:crypto'

/** PEM of a SubjectPublicKeyInfo (RFC 7468 section 13). */
export const publicKeyPem = (spki: Uint8Array): string =>
  createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    .export({ format: 'pem', type: 'spki' })
    .toString()

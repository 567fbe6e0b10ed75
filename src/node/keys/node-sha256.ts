/**
 * SHA-256 by Node's own crypto.
 *
 * @module
 */
import { hash } from 'node:crypto'
import type { Sha256 } from '../../core/hash/index.ts'

/**
 * 32 bytes. One call with a string result and a loop is twice as fast as a Buffer result, measured on 65 bytes: 0.7
 * against 1.3 µs; `createHash` takes 1.9 µs. `binary` (Latin-1) has one character per byte.
 */
export const nodeSha256: Sha256 = (bytes) => {
  const text = hash('sha256', bytes, 'binary')
  const digest = new Uint8Array(32)
  for (let i = 0; i < 32; i++) digest[i] = text.charCodeAt(i)
  return digest
}

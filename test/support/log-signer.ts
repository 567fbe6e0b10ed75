/** A log key in memory for tests. Fixed, so that a failure repeats. */
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { CheckpointSigner } from '../../src/web/log/index.ts'

/** PKCS#8 of an Ed25519 key (RFC 8410 section 7) is this and the 32-byte seed. */
const PKCS8_START = Buffer.from('302e020100300506032b657004220420', 'hex')

export const logSigner = (name = 'log.example', seed = 7): CheckpointSigner => {
  const der = Buffer.concat([PKCS8_START, Buffer.alloc(32, seed)])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return {
    name,
    publicKey: new Uint8Array(spki.subarray(-32)),
    sign: (text) => new Uint8Array(sign(null, text, key)),
  }
}

/**
 * Verifying signatures with node:crypto, behind the strict checks that every verifier of the project makes.
 *
 * @module
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { ed25519Spki, type SignatureVerifier, strictVerifier } from '../../core/signature/index.ts'

/** Keys that are kept ready; making a key object costs about as much as verifying with it. */
const MAX_CACHED_KEYS = 256

/** By the bytes of the key as Latin-1, in the order of their last use. */
const cache = new Map<string, KeyObject>()

const keyObjectOf = (spki: Uint8Array): KeyObject => {
  const name = Buffer.from(spki.buffer, spki.byteOffset, spki.byteLength).toString('latin1')
  const key = cache.get(name) ?? createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  cache.delete(name)
  cache.set(name, key)
  if (cache.size > MAX_CACHED_KEYS) cache.delete(cache.keys().next().value as string)
  return key
}

/** Answers as `nobleVerifier` of the core does, about 15 times faster. */
export const nodeVerifier: SignatureVerifier = strictVerifier({
  p256: ({ publicKey, signature, message }) =>
    verify('sha256', message, { key: keyObjectOf(publicKey), dsaEncoding: 'der' }, signature),
  ed25519: ({ publicKey, signature, message }) => verify(null, message, keyObjectOf(ed25519Spki(publicKey)), signature),
})

/**
 * A signer of the trust policy: a name, a key, and what it is believed for.
 *
 * @module
 */
import { encodeBase64 } from '../bytes/index.ts'
import { type Located, readObject } from '../json/index.ts'
import { keyId, parseP256Spki } from '../signature/index.ts'
import { malformed, placed, requireKnown } from './policy-member.ts'
import { readValidity, type Validity, validityValue } from './validity.ts'

/** A key that may sign declarations, bindings and records. */
export interface TrustedSigner {
  /** What reports call it. 1 to 200 characters. */
  readonly name: string
  /** SubjectPublicKeyInfo, DER, P-256. */
  readonly publicKey: Uint8Array
  /** Lowercase hex SHA-256 of `publicKey`. */
  readonly keyId: string
  /** Which of its statements are believed. */
  readonly valid: Validity
}

const MEMBERS = ['name', 'publicKey', 'valid']

export function readSigner({ value, at }: Located): TrustedSigner {
  const reader = readObject(value, at)
  requireKnown(reader, MEMBERS)
  const name = reader.string('name', { max: 200 })
  if (name === '') throw malformed('a signer needs a name', `${at}/name`)
  const publicKey = reader.base64('publicKey')
  placed(`${at}/publicKey`, () => parseP256Spki(publicKey))
  const valid = readValidity({ value: reader.value('valid'), at: `${at}/valid` })
  return { name, publicKey, keyId: keyId(publicKey), valid }
}

/** As it stands in the file. */
export const signerValue = ({ name, publicKey, valid }: TrustedSigner): object => ({
  name,
  publicKey: encodeBase64(publicKey),
  valid: validityValue(valid),
})

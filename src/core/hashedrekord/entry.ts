/**
 * Log entries of kind `hashedrekord`, version 0.0.2, byte for byte as Rekor v2 makes them: protobuf
 * dev.sigstore.rekor.v2.Entry as JSON in RFC 8785 form.
 *
 *     {"apiVersion":"0.0.2","kind":"hashedrekord","spec":{"hashedRekordV002":{
 *       "data":{"algorithm":"SHA2_256","digest":BASE64},
 *       "signature":{"content":BASE64,"verifier":{
 *         "keyDetails":"PKIX_ECDSA_P256_SHA_256","publicKey":{"rawBytes":BASE64}}}}}}
 *
 * For a DSSE envelope the digest is that of its pre-authentication encoding, which is what the signature signs. Only
 * ECDSA P-256 keys (never certificates) and strict, low-S signatures.
 *
 * @module
 */
import { asFormat } from '../as-format.ts'
import { encodeBase64, equalBytes } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { canonicalize, parseJson, readObject } from '../json/index.ts'
import { parseP256Signature, parseP256Spki } from '../signature/index.ts'

export const ENTRY_KIND = 'hashedrekord'
export const ENTRY_VERSION = '0.0.2'

/** Largest entry in bytes; one of this form has about 430. */
export const MAX_ENTRY_SIZE = 4096

const ALGORITHM = 'SHA2_256'
const KEY_DETAILS = 'PKIX_ECDSA_P256_SHA_256'
const DIGEST_SIZE = 32

/** What an entry says: this key signed something with this digest. Not verified. */
export interface HashedRekord {
  readonly artifactDigest: Uint8Array // 32 bytes, SHA-256 of what was signed
  readonly signature: Uint8Array // DER, low-S ECDSA P-256 with SHA-256
  readonly publicKey: Uint8Array // DER SubjectPublicKeyInfo
}

/**
 * Bytes of an entry.
 *
 * @throws {RangeError} the digest is not 32 bytes
 * @throws {ColophonError} SIGNATURE_MALFORMED, KEY_MALFORMED
 */
export function formatEntry({ artifactDigest, signature, publicKey }: HashedRekord): Uint8Array {
  if (artifactDigest.length !== DIGEST_SIZE) {
    throw new RangeError(`artifactDigest: got ${artifactDigest.length} bytes, want ${DIGEST_SIZE}`)
  }
  parseP256Signature(signature)
  parseP256Spki(publicKey)
  return canonicalize({
    apiVersion: ENTRY_VERSION,
    kind: ENTRY_KIND,
    spec: {
      hashedRekordV002: {
        data: { algorithm: ALGORITHM, digest: encodeBase64(artifactDigest) },
        signature: {
          content: encodeBase64(signature),
          verifier: { keyDetails: KEY_DETAILS, publicKey: { rawBytes: encodeBase64(publicKey) } },
        },
      },
    },
  })
}

/**
 * Reads an entry: `formatEntry(parseEntry(x))` equals x. Verifies nothing.
 *
 * @throws {ColophonError} ENTRY_MALFORMED
 */
export function parseEntry(bytes: Uint8Array): HashedRekord {
  return asFormat({ code: 'ENTRY_MALFORMED' }, () => {
    const top = readObject(parseJson(bytes, { maxBytes: MAX_ENTRY_SIZE }), '')
    top.literal('apiVersion', ENTRY_VERSION)
    top.literal('kind', ENTRY_KIND)
    const spec = top.object('spec').object('hashedRekordV002')
    const data = spec.object('data')
    data.literal('algorithm', ALGORITHM)
    const signature = spec.object('signature')
    const verifier = signature.object('verifier')
    verifier.literal('keyDetails', KEY_DETAILS)
    const entry = {
      artifactDigest: data.base64('digest', { sizeBytes: DIGEST_SIZE }),
      signature: signature.base64('content'),
      publicKey: verifier.object('publicKey').base64('rawBytes'),
    }
    // Also refuses unknown members, other orders and white space.
    if (!equalBytes({ left: formatEntry(entry), right: bytes })) {
      throw new ColophonError('ENTRY_MALFORMED', 'entry differs from the one form of what it says')
    }
    return entry
  })
}

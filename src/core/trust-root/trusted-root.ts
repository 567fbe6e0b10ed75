/**
 * A Sigstore trusted root that names one private log: protobuf dev.sigstore.trustroot.v1.TrustedRoot as JSON,
 * https://github.com/sigstore/protobuf-specs.
 *
 * With it and the signer's public key, stock Sigstore clients verify a record without any of this project's code. It is
 * trust: whoever can change this file decides which log such a client believes.
 *
 * @module
 */
import { encodeBase64, parseTime } from '../bytes/index.ts'
import { fullKeyId, SIGNATURE_TYPE } from '../note/index.ts'
import { ed25519Spki } from '../signature/index.ts'

const MEDIA_TYPE = 'application/vnd.dev.sigstore.trustedroot+json;version=0.1'
const PUBLIC_KEY_SIZE = 32

const MAX_HOST_LENGTH = 253
const HOST_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

export interface TrustedRootInput {
  readonly origin: string // bare host name, lowercase; no scheme, path or port, which stock clients stumble over
  readonly logPublicKey: Uint8Array // 32 bytes, Ed25519
  readonly validFrom: string // 2026-01-31T00:00:00.000Z
}

/**
 * The trusted root as a plain object.
 *
 * @throws {RangeError} an origin that is no bare host name, a key that is not 32 bytes
 * @throws {ColophonError} TIME_MALFORMED
 */
export function sigstoreTrustedRoot({ origin, logPublicKey, validFrom }: TrustedRootInput) {
  if (origin.length > MAX_HOST_LENGTH || !origin.split('.').every((label) => HOST_LABEL.test(label))) {
    throw new RangeError('origin: want a bare lowercase host name')
  }
  if (logPublicKey.length !== PUBLIC_KEY_SIZE) {
    throw new RangeError(`logPublicKey: got ${logPublicKey.length} bytes, want ${PUBLIC_KEY_SIZE}`)
  }
  parseTime(validFrom)
  const keyId = encodeBase64(fullKeyId({ name: origin, type: SIGNATURE_TYPE.ed25519, publicKey: logPublicKey }))
  return {
    mediaType: MEDIA_TYPE,
    tlogs: [
      {
        baseUrl: `https://${origin}`,
        hashAlgorithm: 'SHA2_256',
        publicKey: {
          rawBytes: encodeBase64(ed25519Spki(logPublicKey)),
          keyDetails: 'PKIX_ED25519',
          validFor: { start: validFrom },
        },
        logId: { keyId },
        checkpointKeyId: { keyId },
      },
    ],
    certificateAuthorities: [],
    ctlogs: [],
    timestampAuthorities: [],
  }
}

/** A stranger's verification with stock Sigstore code and none of ours. */
import { bundleFromJSON } from '@sigstore/bundle'
import { PublicKeyDetails, TrustedRoot } from '@sigstore/protobuf-specs'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'
import { type Bundle, formatBundle } from '../../src/core/bundle/index.ts'
import { sigstoreTrustedRoot } from '../../src/core/trust-root/index.ts'

export const VALID_FROM = '2026-01-01T00:00:00.000Z'

export interface StockTrust {
  /** Name and raw key of the log. */
  readonly log: { readonly name: string; readonly publicKey: Uint8Array }
  /** SubjectPublicKeyInfo of the signer. */
  readonly signerKey: Uint8Array
}

/** From the bundle's JSON, the log's trusted root and the signer's key. @throws VerificationError of `@sigstore/verify` */
export function verifyWithSigstore(bundle: Bundle, { log, signerKey }: StockTrust): void {
  const root = sigstoreTrustedRoot({ origin: log.name, logPublicKey: log.publicKey, validFrom: VALID_FROM })
  const material = toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(JSON.stringify(root))), {
    [bundle.keyHint]: {
      rawBytes: Buffer.from(signerKey),
      keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256,
      validFor: { start: new Date(VALID_FROM), end: undefined },
    },
  })
  const verifier = new Verifier(material, { tlogThreshold: 1, ctlogThreshold: 0, timestampThreshold: 0 })
  const json: unknown = JSON.parse(Buffer.from(formatBundle(bundle)).toString())
  verifier.verify(toSignedEntity(bundleFromJSON(json)))
}

/**
 * Signs a statement and makes its log entry: DSSE around the payload, `hashedrekord` over the signed bytes.
 *
 * @module
 */
import { type Envelope, preAuthEncoding } from '../../core/dsse/index.ts'
import { type Sha256, sha256 } from '../../core/hash/index.ts'
import { formatEntry } from '../../core/hashedrekord/index.ts'
import { PAYLOAD_TYPE } from '../../core/intoto/index.ts'
import type { StatementSigner } from './statement-signer.ts'

export interface SignedStatement {
  readonly envelope: Envelope
  readonly publicKey: Uint8Array
  /** The log entry, canonical. */
  readonly entry: Uint8Array
}

export function signStatement(input: {
  readonly payload: Uint8Array
  readonly signer: StatementSigner
  readonly hash?: Sha256
}): SignedStatement {
  const { payload, signer, hash = sha256 } = input
  const { publicKey } = signer
  const signedBytes = preAuthEncoding({ payloadType: PAYLOAD_TYPE, payload })
  const signature = signer.sign(signedBytes)
  return {
    envelope: { payloadType: PAYLOAD_TYPE, payload, signature },
    publicKey,
    entry: formatEntry({ artifactDigest: hash(signedBytes), signature, publicKey }),
  }
}

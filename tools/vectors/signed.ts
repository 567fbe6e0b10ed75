/**
 * Signed statements for vectors: envelopes and log entries (`docs/spec/container.md`, `docs/spec/log-entry.md`).
 *
 * @module
 */
import { canonical } from './document.ts'
import type { StatementKey } from './keys.ts'
import { sha256 } from './layout.ts'
import { base64Of } from './parts.ts'
import type { PlainLog, Sequenced } from './plain-log.ts'

export const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

/** How a statement is signed, where it is not as it should be. */
export interface Signing {
  /** What the envelope says. */
  readonly payloadType?: string
  /** What the signature is over, in place of the pre-authentication encoding. */
  readonly signed?: (payload: Uint8Array, encoding: Uint8Array) => Uint8Array
  readonly s?: 'low' | 'high'
  /** The key that is shown, in place of the one that signs. */
  readonly shownKey?: StatementKey
  /** The envelope that is shown, in place of the one that was logged. */
  readonly envelope?: (envelope: Envelope) => Envelope
}

export interface Envelope {
  readonly payload: string
  readonly payloadType: string
  readonly signatures: readonly { readonly sig: string }[]
}

export interface Logged {
  readonly envelope: Envelope
  readonly entry: Uint8Array
  readonly publicKey: Uint8Array
  readonly sequenced: Sequenced
}

/** DSSE pre-authentication encoding, with lengths in bytes. */
export function encodingOf(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = Buffer.from(payloadType)
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${payloadType} ${payload.length} `), payload])
}

export const keyIdOf = ({ publicKey }: { readonly publicKey: Uint8Array }): string => sha256(publicKey).toString('hex')

/** Signs a payload and appends its entry to the log. */
export function signAndLog(input: {
  readonly payload: Uint8Array
  readonly key: StatementKey
  readonly log: PlainLog
  readonly signing?: Signing | undefined
}): Logged {
  const { payload, key, log, signing = {} } = input
  const { payloadType = PAYLOAD_TYPE, signed = (_, encoding) => encoding, shownKey = key } = signing
  const encoding = encodingOf(payloadType, payload)
  const signature = key.sign(signed(payload, encoding), signing.s ?? 'low')
  const envelope = { payload: base64Of(payload), payloadType, signatures: [{ sig: base64Of(signature) }] }
  const { publicKey } = shownKey
  const entry = entryOf({ digest: sha256(encoding), signature, publicKey })
  const shown = signing.envelope?.(envelope) ?? envelope
  return { envelope: shown, entry, publicKey, sequenced: log.append(entry) }
}

function entryOf(input: { digest: Uint8Array; signature: Uint8Array; publicKey: Uint8Array }): Uint8Array {
  const verifier = {
    keyDetails: 'PKIX_ECDSA_P256_SHA_256',
    publicKey: { rawBytes: base64Of(input.publicKey) },
  }
  const spec = {
    data: { algorithm: 'SHA2_256', digest: base64Of(input.digest) },
    signature: { content: base64Of(input.signature), verifier },
  }
  return Buffer.from(canonical({ apiVersion: '0.0.2', kind: 'hashedrekord', spec: { hashedRekordV002: spec } }))
}

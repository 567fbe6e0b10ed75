/**
 * DSSE envelopes in the strict form of this project's records: DSSE v1, envelope.md.
 *
 *     {"payload":BASE64,"payloadType":TEXT,"signatures":[{"sig":BASE64}]}
 *
 * Stricter than DSSE, so that every changed byte is refused: exactly one signature, no `keyid` (it is unauthenticated),
 * no unknown members, canonical base64 of the standard alphabet, and a signature that is strict DER, low-S ECDSA P-256.
 * Envelopes of others may well be valid DSSE and refused here.
 *
 * @module
 */
import { asFormat } from '../as-format.ts'
import { encodeBase64 } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { type JsonValue, parseCanonicalJson, readObject } from '../json/index.ts'
import { parseP256Signature } from '../signature/index.ts'

/** Largest envelope as bytes of JSON: as a bundle holds it. */
export const MAX_ENVELOPE_SIZE = 1024 * 1024

/** An envelope as it was received. The signature is well-formed, not verified. */
export interface Envelope {
  readonly payloadType: string // 1 to 256 characters of printable ASCII, no spaces
  readonly payload: Uint8Array // 1 byte or more
  readonly signature: Uint8Array // DER, over the pre-authentication encoding
}

const PRINTABLE = /^[\x21-\x7e]+$/
const CODES = { code: 'DSSE_MALFORMED', keep: ['SIGNATURE_MALFORMED'] } as const

/**
 * Reads an envelope. Verifies nothing.
 *
 * @param input  the envelope's value, or the bytes of a document that is an envelope, in RFC 8785 form
 * @param at     JSON Pointer of the value in its document
 * @throws {ColophonError} DSSE_MALFORMED
 * @throws {ColophonError} SIGNATURE_MALFORMED  the signature is not strict DER or not low-S
 */
export function parseEnvelope(input: JsonValue | Uint8Array, at = ''): Envelope {
  return asFormat(CODES, () => {
    const value = input instanceof Uint8Array ? parseCanonicalJson(input, { maxBytes: MAX_ENVELOPE_SIZE }) : input
    const reader = readObject(value, at)
    const payload = reader.base64('payload')
    const payloadType = reader.string('payloadType', { max: 256, pattern: PRINTABLE })
    const [only, ...others] = reader.array('signatures', { max: 1 })
    reader.end()
    if (payload.length === 0) throw new ColophonError('DSSE_MALFORMED', 'payload is empty', { at: `${at}/payload` })
    if (only === undefined || others.length > 0) {
      throw new ColophonError('DSSE_MALFORMED', 'envelope has no signature, want one', { at: `${at}/signatures` })
    }
    const member = readObject(only.value, only.at)
    const signature = member.base64('sig')
    member.end()
    parseP256Signature(signature)
    return { payloadType, payload, signature }
  })
}

/** The envelope as a plain value, for canonicalization: `parseEnvelope` of its canonical bytes gives it back. */
export function envelopeValue({ payloadType, payload, signature }: Envelope) {
  return {
    payload: encodeBase64(payload),
    payloadType,
    signatures: [{ sig: encodeBase64(signature) }],
  }
}

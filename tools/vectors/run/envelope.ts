/**
 * How this implementation runs a case of `envelope`.
 *
 * @module
 */
import { type Envelope, parseEnvelope, preAuthEncoding } from '../../../src/core/dsse/index.ts'
import { ColophonError } from '../../../src/core/errors.ts'
import { nobleVerifier } from '../../../src/core/signature/index.ts'
import { bytesOfHex, bytesOfText, hexOf, type Parts } from '../parts.ts'
import type { Value } from '../topic.ts'

export type EnvelopeInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly payloadType?: string
  readonly payloadText?: Parts
  readonly payloadHex?: string
  readonly envelopeText?: Parts
  readonly publicKeyHex?: string
}

export const OPERATIONS = {
  preAuthEncode: 'PAE of `payloadType` and the bytes `payloadText` or `payloadHex`: `paeHex`.',
  read: 'The document `envelopeText` read as an envelope: `payloadType`, `payloadHex`, `signatureHex`.',
  verify:
    'The same, and its signature verified by the SubjectPublicKeyInfo `publicKeyHex`: the payload that was signed, ' +
    '`payloadHex`.',
}

export const runEnvelope = ({
  operation,
  payloadType = '',
  payloadText,
  payloadHex = '',
  envelopeText = '',
  publicKeyHex = '',
}: EnvelopeInput): Value => {
  switch (operation) {
    case 'preAuthEncode': {
      const payload = payloadText === undefined ? bytesOfHex(payloadHex) : bytesOfText(payloadText)
      return { paeHex: hexOf(preAuthEncoding({ payloadType, payload })) }
    }
    case 'read': {
      const { payloadType: type, payload, signature } = parseEnvelope(bytesOfText(envelopeText))
      return { payloadType: type, payloadHex: hexOf(payload), signatureHex: hexOf(signature) }
    }
    case 'verify':
      return {
        payloadHex: hexOf(verifiedPayload(parseEnvelope(bytesOfText(envelopeText)), bytesOfHex(publicKeyHex))),
      }
  }
}

function verifiedPayload(received: Envelope, publicKey: Uint8Array): Uint8Array {
  const { payload, signature } = received
  if (nobleVerifier.p256({ publicKey, signature, message: preAuthEncoding(received) })) return payload
  throw new ColophonError('SIGNATURE_INVALID', 'does not verify')
}

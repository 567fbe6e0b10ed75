/**
 * What a DSSE signature signs: DSSE v1, protocol.md, "Signature Definition".
 *
 *     PAE = "DSSEv1" SP LEN(type) SP type SP LEN(payload) SP payload
 *
 * LEN is the number of bytes in decimal, SP is 0x20. The lengths make the encoding unambiguous, so that no part of the
 * payload passes for a type.
 *
 * @module
 */
import { concatBytes, encodeUtf8 } from '../bytes/index.ts'

/**
 * The pre-authentication encoding.
 *
 * @throws {ColophonError} UTF8_MALFORMED  the type has half of a surrogate pair
 */
export function preAuthEncoding({
  payloadType,
  payload,
}: {
  readonly payloadType: string
  readonly payload: Uint8Array
}): Uint8Array {
  const type = encodeUtf8(payloadType)
  return concatBytes(encodeUtf8(`DSSEv1 ${type.length} `), type, encodeUtf8(` ${payload.length} `), payload)
}

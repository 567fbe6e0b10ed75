/**
 * Integers of Ed25519, RFC 8032 section 5.1.2.
 *
 * @module
 */

/** The integer that bytes stand for, least significant first. */
export function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number)
  return value
}

/**
 * ECDSA signatures in DER for tests, from their two numbers, with no check of them.
 *
 * @module
 */

function derInteger(value: bigint): Buffer {
  const digits = value.toString(16)
  let body = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')
  if ((body[0] as number) >= 0x80) body = Buffer.concat([Buffer.of(0), body])
  return Buffer.concat([Buffer.of(0x02, body.length), body])
}

/** DER of r and s; neither is negative. */
export function derOf(r: bigint, s: bigint): Uint8Array {
  const both = Buffer.concat([derInteger(r), derInteger(s)])
  return Uint8Array.from(Buffer.concat([Buffer.of(0x30, both.length), both]))
}

/** DER of a signature that is r and s one after another (IEEE P1363). */
export function derOfRaw(raw: Uint8Array): Uint8Array {
  const hex = Buffer.from(raw).toString('hex')
  return derOf(BigInt(`0x${hex.slice(0, hex.length / 2)}`), BigInt(`0x${hex.slice(hex.length / 2)}`))
}

/**
 * ECDSA P-256 signatures: ECDSA-Sig-Value (RFC 3279 section 2.2.3) in strict DER (X.690).
 *
 *     30 len  02 len r  02 len s
 *
 * For every signature (r, s) there is a twin (r, n - s) that verifies too. Of the two only the one with the smaller s
 * ("low S") is accepted, so nobody can make a second signature from a first.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'

/** Order n of the group (FIPS 186-5, SP 800-186 section 3.2.1.3). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

export interface P256Signature {
  /** 1 to n - 1. */
  readonly r: bigint
  /** 1 to (n - 1) / 2. */
  readonly s: bigint
}

/**
 * Parses a strict DER, low-S signature. Verifies nothing.
 *
 * @param der  8 to 72 bytes
 * @throws {ColophonError} SIGNATURE_MALFORMED  not minimal, bytes left over, r or s outside 1 to n - 1, s above n / 2
 */
export function parseP256Signature(der: Uint8Array): P256Signature {
  const signature = parseEitherS(der)
  if (signature.s > ORDER >> 1n) throw malformed('s is above half of the order, want the low one of the two')
  return signature
}

/**
 * The low-S twin of a DER signature, in strict DER; of a low-S one the same bytes.
 *
 * @param der  strict DER, with either s, as node:crypto makes it
 * @throws {ColophonError} SIGNATURE_MALFORMED
 */
export function lowSDer(der: Uint8Array): Uint8Array {
  const { r, s } = parseEitherS(der)
  const first = derInteger(r)
  const second = derInteger(s > ORDER >> 1n ? ORDER - s : s)
  return Uint8Array.from([0x30, first.length + second.length, ...first, ...second])
}

function parseEitherS(der: Uint8Array): P256Signature {
  // The lengths are below 128, so each takes one byte.
  if (der.length < 8 || der.length > 72) throw malformed(`signature has ${der.length} bytes, want 8 to 72`)
  if (der[0] !== 0x30) throw malformed('not a SEQUENCE')
  if (der[1] !== der.length - 2) throw malformed('the SEQUENCE is not as long as it says')
  const { value: r, end } = parseInteger(der, 2)
  const { value: s, end: last } = parseInteger(der, end)
  if (last !== der.length) throw malformed('bytes follow s')
  return { r, s }
}

/** X.690 section 8.3: as few bytes as possible, the first bit is the sign. */
function parseInteger(der: Uint8Array, at: number): { value: bigint; end: number } {
  if (der[at] !== 0x02) throw malformed(`byte ${at} begins no INTEGER`)
  const size = der[at + 1] ?? 0
  const from = at + 2
  const end = from + size
  if (size < 1 || size > 33 || end > der.length) throw malformed(`the INTEGER at byte ${at} has a wrong length`)
  const first = der[from] as number
  if (first > 0x7f) throw malformed(`the INTEGER at byte ${at} is negative`)
  if (first === 0 && size > 1 && (der[from + 1] as number) < 0x80) {
    throw malformed(`the INTEGER at byte ${at} has a superfluous zero`)
  }
  let value = 0n
  for (let i = from; i < end; i++) value = (value << 8n) | BigInt(der[i] as number)
  if (value === 0n || value >= ORDER) throw malformed(`the INTEGER at byte ${at} is outside 1 to n - 1`)
  return { value, end }
}

function derInteger(value: bigint): number[] {
  const bytes: number[] = []
  for (let rest = value; rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 255n))
  if ((bytes[0] as number) > 0x7f) bytes.unshift(0)
  return [0x02, bytes.length, ...bytes]
}

function malformed(message: string): ColophonError {
  return new ColophonError('SIGNATURE_MALFORMED', `ECDSA signature: ${message}`)
}

/**
 * Base64 (RFC 4648): section 4 with padding, in both directions; section 5 ("URL and filename safe") without, written
 * only.
 *
 * One text per byte string: white space, the other alphabet, missing or superfluous padding and trailing bits that are
 * not zero (RFC 4648 section 3.5) are refused, so `encode(decode(text)) === text` for every text that is accepted.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import { textOfUnits } from './ascii.ts'
import type { DecodeOptions } from './decode-options.ts'

const COMMON = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const PADDING = 0x3d
/** Character code of each value 0 to 63. */
const STANDARD = unitsOf(`${COMMON}+/`)
const URL_SAFE = unitsOf(`${COMMON}-_`)
/** Value of each character code below 128, or 255. */
const VALUES = valuesOf(STANDARD)

/** Base64 with padding, RFC 4648 section 4. */
export function encodeBase64(bytes: Uint8Array): string {
  return encode(bytes, { units: STANDARD, padded: true })
}

/** Base64url without padding, RFC 4648 section 5. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encode(bytes, { units: URL_SAFE, padded: false })
}

/**
 * Bytes of padded, canonical base64, RFC 4648 section 4.
 *
 * @throws {ColophonError} BASE64_MALFORMED
 */
export function decodeBase64(text: string, options: DecodeOptions = {}): Uint8Array {
  if (text.length % 4 !== 0) throw malformed(`base64 has ${text.length} characters, want a multiple of 4`, options)
  let length = text.length
  if (length > 0 && text.charCodeAt(length - 1) === PADDING) length--
  if (length < text.length && text.charCodeAt(length - 1) === PADDING) length--
  const sizeBytes = Math.floor((length * 3) / 4)
  if (options.sizeBytes !== undefined && sizeBytes !== options.sizeBytes) {
    throw malformed(`base64 holds ${sizeBytes} bytes, want ${options.sizeBytes}`, options)
  }
  const bytes = new Uint8Array(sizeBytes)
  let pending = 0
  let bits = 0
  let at = 0
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    const value = unit < 128 ? (VALUES[unit] as number) : 255
    if (value === 255) throw malformed(`character ${i} is not in the base64 alphabet`, options)
    pending = ((pending << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (pending >> bits) & 255
    }
  }
  // RFC 4648 section 3.5: otherwise several texts would stand for the same bytes.
  if ((pending & ((1 << bits) - 1)) !== 0)
    throw malformed('the last base64 character has bits that are not zero', options)
  return bytes
}

function encode(
  bytes: Uint8Array,
  { units, padded }: { readonly units: Uint8Array; readonly padded: boolean },
): string {
  const whole = Math.floor(bytes.length / 3)
  const rest = bytes.length - whole * 3
  const out = new Uint8Array(whole * 4 + (rest === 0 ? 0 : padded ? 4 : rest + 1))
  let at = 0
  for (let i = 0; i < whole * 3; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number)
    out[at++] = units[group >> 18] as number
    out[at++] = units[(group >> 12) & 63] as number
    out[at++] = units[(group >> 6) & 63] as number
    out[at++] = units[group & 63] as number
  }
  if (rest > 0) {
    const first = bytes[whole * 3] as number
    const second = rest === 2 ? (bytes[whole * 3 + 1] as number) : 0
    out[at++] = units[first >> 2] as number
    out[at++] = units[((first & 3) << 4) | (second >> 4)] as number
    if (rest === 2) out[at++] = units[(second & 15) << 2] as number
    while (at < out.length) out[at++] = PADDING
  }
  return textOfUnits(out)
}

function unitsOf(characters: string): Uint8Array {
  return Uint8Array.from(characters, (character) => character.charCodeAt(0))
}

function valuesOf(units: Uint8Array): Uint8Array {
  const values = new Uint8Array(128).fill(255)
  for (const [value, unit] of units.entries()) values[unit] = value
  return values
}

function malformed(message: string, options: DecodeOptions): ColophonError {
  return new ColophonError('BASE64_MALFORMED', message, options.at === undefined ? {} : { at: options.at })
}

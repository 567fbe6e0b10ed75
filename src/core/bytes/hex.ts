/**
 * Hexadecimal (RFC 4648 section 8), lowercase only: one text per byte string.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import { textOfUnits } from './ascii.ts'
import type { DecodeOptions } from './decode-options.ts'

/** Lowercase hexadecimal, two characters per byte. */
export function encodeHex(bytes: Uint8Array): string {
  const units = new Uint8Array(bytes.length * 2)
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number
    units[2 * i] = hexUnit(byte >> 4)
    units[2 * i + 1] = hexUnit(byte & 15)
  }
  return textOfUnits(units)
}

/**
 * Bytes of lowercase hexadecimal. Uppercase, white space, an odd length and `0x` are refused.
 *
 * @param options.sizeBytes  refuses any other number of bytes
 * @throws {ColophonError} HEX_MALFORMED
 */
export function decodeHex(text: string, options: DecodeOptions = {}): Uint8Array {
  if (text.length % 2 !== 0) throw malformed(`hexadecimal has ${text.length} characters, want an even number`, options)
  const sizeBytes = text.length / 2
  if (options.sizeBytes !== undefined && sizeBytes !== options.sizeBytes) {
    throw malformed(`hexadecimal has ${text.length} characters, want ${options.sizeBytes * 2}`, options)
  }
  const bytes = new Uint8Array(sizeBytes)
  for (let i = 0; i < sizeBytes; i++) {
    const high = hexValue(text.charCodeAt(2 * i))
    const low = hexValue(text.charCodeAt(2 * i + 1))
    if (high < 0 || low < 0) {
      throw malformed(`character ${high < 0 ? 2 * i : 2 * i + 1} is not one of 0-9 a-f`, options)
    }
    bytes[i] = (high << 4) | low
  }
  return bytes
}

function hexUnit(nibble: number): number {
  return nibble < 10 ? 0x30 + nibble : 0x57 + nibble
}

function hexValue(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30
  if (unit >= 0x61 && unit <= 0x66) return unit - 0x57
  return -1
}

function malformed(message: string, options: DecodeOptions): ColophonError {
  return new ColophonError('HEX_MALFORMED', message, options.at === undefined ? {} : { at: options.at })
}

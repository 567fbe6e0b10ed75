/**
 * How the scan refuses: code, offset and what was wanted, never the text.
 *
 * @module
 */
import { ColophonError, type ErrorCode } from '../errors.ts'

/** An error at a byte offset. */
export function errorAtByte(code: ErrorCode, offset: number, message: string): ColophonError {
  return new ColophonError(code, message, { at: `byte ${offset}`, details: { byte: offset } })
}

/** The error for a byte that cannot stand where it stands, or for the end of the text. */
export function unexpected(bytes: Uint8Array, offset: number, want: string): ColophonError {
  if (offset >= bytes.length) return errorAtByte('JSON_MALFORMED', bytes.length, `the text ends, want ${want}`)
  const got = (bytes[offset] as number).toString(16).padStart(2, '0')
  return errorAtByte('JSON_MALFORMED', offset, `byte ${offset} is 0x${got}, want ${want}`)
}

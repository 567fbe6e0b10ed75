/**
 * What may stand in a signed note: C2SP signed-note, https://c2sp.org/signed-note, "Format".
 *
 * @module
 */
import { encodeUtf8 } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'

/** Largest note, signatures included, in bytes of UTF-8. C2SP leaves the number open; Go's sumdb/note has the same. */
export const MAX_NOTE_SIZE = 1_000_000

const NEWLINE = 0x0a
const SPACE_OR_PLUS = /[\p{White_Space}+]/u

/** True where no character is below U+0020, newline apart. */
function hasControlCharacter(text: string, allowed: number): boolean {
  for (let position = 0; position < text.length; position += 1) {
    const unit = text.charCodeAt(position)
    if (unit < 0x20 && unit !== allowed) return true
  }
  return false
}

/**
 * UTF-8 of a note or of its text.
 *
 * @throws {ColophonError} NOTE_MALFORMED  too large, half of a surrogate pair, or a control character other than newline
 */
export function encodeNoteText(text: string): Uint8Array {
  if (text.length > MAX_NOTE_SIZE) throw tooLarge(text.length)
  if (hasControlCharacter(text, NEWLINE)) {
    throw new ColophonError('NOTE_MALFORMED', 'note has a control character, want none but newline')
  }
  let bytes: Uint8Array
  try {
    bytes = encodeUtf8(text)
  } catch (cause) {
    throw new ColophonError('NOTE_MALFORMED', 'note has half of a surrogate pair, want valid UTF-8', { cause })
  }
  if (bytes.length > MAX_NOTE_SIZE) throw tooLarge(bytes.length)
  return bytes
}

function tooLarge(size: number): ColophonError {
  return new ColophonError('NOTE_MALFORMED', `note has ${size} bytes or more, want at most ${MAX_NOTE_SIZE}`)
}

/** Key names are not empty and have no Unicode space, no plus and no control character. */
export function isKeyName(name: string): boolean {
  return name !== '' && !SPACE_OR_PLUS.test(name) && !hasControlCharacter(name, -1) && !/\p{Surrogate}/u.test(name)
}

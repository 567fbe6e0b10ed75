/**
 * Signed notes: C2SP signed-note, https://c2sp.org/signed-note.
 *
 *     TEXT, one or more lines, each ending in newline
 *     (empty line)
 *     — NAME BASE64(4-byte key hash || signature)
 *     ... 1 to 64 such lines
 *
 * The text may have empty lines of its own: the last one of the note separates it from the signatures. Stricter than
 * the specification and Go's sumdb/note in one respect: base64 has to be canonical, so that the note formats back to the
 * very same text.
 *
 * @module
 */
import { concatBytes, decodeBase64, encodeBase64 } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { encodeNoteText, isKeyName } from './note-text.ts'

/** Most signature lines of a note. The specification asks for at least 16. */
export const MAX_SIGNATURES = 64

export const KEY_HASH_SIZE = 4

const SEPARATOR = '\n\n'
const LINE_START = '\u2014 '

/** One signature line. Not verified. */
export interface NoteSignature {
  readonly name: string // the key's name; not empty, no spaces, no plus
  readonly keyHash: Uint8Array // 4 bytes
  readonly signature: Uint8Array // 1 byte or more; its form depends on the key's type
}

/** A note as it was received. Its text is to be ignored until `openNote` has verified a signature. */
export interface Note {
  readonly text: string // ends in newline
  readonly signatures: readonly NoteSignature[] // 1 to 64, in the note's order
}

function malformed(message: string, at?: string, cause?: unknown): ColophonError {
  return new ColophonError('NOTE_MALFORMED', message, at === undefined ? { cause } : { at, cause })
}

function parseSignature(line: string, at: string): NoteSignature {
  const [start, name, encoded, ...rest] = line.split(' ', 4)
  if (`${start} ` !== LINE_START || name === undefined || encoded === undefined || rest.length > 0) {
    throw malformed('got another line, want an em dash, a key name and a signature', at)
  }
  if (!isKeyName(name)) throw malformed('key name is empty or has a space or a plus', at)
  let bytes: Uint8Array
  try {
    bytes = decodeBase64(encoded, { at })
  } catch (cause) {
    throw malformed('signature is not canonical base64', at, cause)
  }
  if (bytes.length <= KEY_HASH_SIZE) {
    throw malformed(`signature has ${bytes.length} bytes, want more than ${KEY_HASH_SIZE}`, at)
  }
  return { name, keyHash: bytes.slice(0, KEY_HASH_SIZE), signature: bytes.slice(KEY_HASH_SIZE) }
}

/**
 * Reads a signed note. Verifies nothing.
 *
 * @throws {ColophonError} NOTE_MALFORMED
 */
export function parseNote(note: string): Note {
  encodeNoteText(note)
  const split = note.lastIndexOf(SEPARATOR)
  if (split < 0) throw malformed('note has no empty line, want one before the signatures')
  if (!note.endsWith('\n')) throw malformed('note does not end in a newline')
  const text = note.slice(0, split + 1)
  const block = note.slice(split + SEPARATOR.length, -1)
  if (block === '') throw malformed('note has no signature line, want at least one')
  const lines = block.split('\n', MAX_SIGNATURES + 1)
  if (lines.length > MAX_SIGNATURES) throw malformed(`note has more than ${MAX_SIGNATURES} signature lines`)
  return { text, signatures: lines.map((line, position) => parseSignature(line, `signature line ${position + 1}`)) }
}

/**
 * Text of a signed note: `formatNote(parseNote(x)) === x`.
 *
 * @throws {RangeError} what `parseNote` would not give: a text without a final newline, a name with a space, ...
 * @throws {ColophonError} NOTE_MALFORMED  a control character in the text, or the note is too large
 */
export function formatNote({ text, signatures }: Note): string {
  if (!text.endsWith('\n')) throw new RangeError('text: want a newline at the end')
  if (signatures.length === 0 || signatures.length > MAX_SIGNATURES) {
    throw new RangeError(`signatures: got ${signatures.length}, want 1 to ${MAX_SIGNATURES}`)
  }
  const lines = signatures.map(({ name, keyHash, signature }, position) => {
    if (!isKeyName(name)) throw new RangeError(`signatures[${position}].name: want no space and no plus`)
    if (keyHash.length !== KEY_HASH_SIZE) throw new RangeError(`signatures[${position}].keyHash: want 4 bytes`)
    if (signature.length === 0) throw new RangeError(`signatures[${position}].signature: got no bytes`)
    return `${LINE_START}${name} ${encodeBase64(concatBytes(keyHash, signature))}\n`
  })
  const note = `${text}\n${lines.join('')}`
  encodeNoteText(note)
  return note
}

export { type Cosignature, cosignedMessage, parseCosignature } from './cosignature.ts'
export { formatNote, KEY_HASH_SIZE, MAX_SIGNATURES, type Note, type NoteSignature, parseNote } from './note.ts'
export { encodeNoteText, isKeyName, MAX_NOTE_SIZE } from './note-text.ts'
export { type OpenedNote, openNote, type VerifiedKey } from './open-note.ts'
export {
  formatVerifierKey,
  fullKeyId,
  keyHash,
  type NoteKey,
  parseVerifierKey,
  SIGNATURE_TYPE,
  type SignatureType,
  sameKey,
  type VerifierKey,
} from './verifier-key.ts'

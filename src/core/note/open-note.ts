/**
 * Verifying a signed note: C2SP signed-note, "Signatures".
 *
 * A line belongs to a known key if name and key hash both match. Lines by other keys are ignored, as the specification
 * demands. Stricter than Go's sumdb/note in one respect: two lines by one known key are refused and not merged.
 *
 * @module
 */
import { encodeHex, encodeUtf8 } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import type { SignatureVerifier } from '../signature/index.ts'
import { cosignedMessage, parseCosignature } from './cosignature.ts'
import type { Note, NoteSignature } from './note.ts'
import { SIGNATURE_TYPE, sameKey, type VerifierKey } from './verifier-key.ts'

/** A key whose signature verified. */
export interface VerifiedKey extends VerifierKey {
  /** For a cosignature: the POSIX time that the witness signed, 0n .. 2n ** 63n - 1n. Undefined for other types. */
  readonly timeSeconds: bigint | undefined
}

export interface OpenedNote {
  readonly text: string
  /** The known keys whose signatures verified, in the note's order; each once. May be empty: nobody known signed. */
  readonly verified: readonly VerifiedKey[]
}

/** Keys by name and hash. The same key twice counts once. */
function indexKeys(keys: readonly VerifierKey[]): ReadonlyMap<string, VerifierKey> {
  const known = new Map<string, VerifierKey>()
  for (const key of keys) {
    const label = labelOf(key)
    const other = known.get(label)
    if (other !== undefined && !sameKey({ left: other, right: key })) {
      throw new ColophonError('KEY_MALFORMED', `two different keys have the name and hash ${label}`)
    }
    known.set(label, key)
  }
  return known
}

/** Unambiguous: names have no plus. */
function labelOf({ name, keyHash }: { readonly name: string; readonly keyHash: Uint8Array }): string {
  return `${name}+${encodeHex(keyHash)}`
}

function invalid(key: VerifierKey): ColophonError {
  return new ColophonError('SIGNATURE_INVALID', `the signature by ${labelOf(key)} does not verify`)
}

interface LineInput {
  readonly text: string
  readonly line: NoteSignature
  readonly key: VerifierKey
  readonly verifier: SignatureVerifier
}

async function verifyLine({ text, line, key, verifier }: LineInput): Promise<VerifiedKey> {
  const { publicKey } = key
  switch (key.type) {
    case SIGNATURE_TYPE.ed25519: {
      const { signature } = line
      const valid =
        signature.length === 64 && (await verifier.ed25519({ publicKey, signature, message: encodeUtf8(text) }))
      if (valid !== true) throw invalid(key)
      return { ...key, timeSeconds: undefined }
    }
    case SIGNATURE_TYPE.cosignature: {
      const cosignature = parseCosignature(line.signature)
      if (cosignature === undefined) throw invalid(key)
      const { timeSeconds, signature } = cosignature
      const message = cosignedMessage({ text, timeSeconds })
      if ((await verifier.ed25519({ publicKey, signature, message })) !== true) throw invalid(key)
      return { ...key, timeSeconds }
    }
  }
}

/**
 * Verifies a note's signatures by known keys.
 *
 * @param input.keys  the keys that the caller trusts, from its own trust policy; what each is trusted for is up to the
 *   caller
 * @throws {ColophonError} SIGNATURE_INVALID  a known key's signature does not verify
 * @throws {ColophonError} NOTE_MALFORMED     two lines by one known key
 * @throws {ColophonError} KEY_MALFORMED      two different known keys with one name and hash
 */
export async function openNote({
  note,
  keys,
  verifier,
}: {
  readonly note: Note
  readonly keys: readonly VerifierKey[]
  readonly verifier: SignatureVerifier
}): Promise<OpenedNote> {
  const known = indexKeys(keys)
  const verified: VerifiedKey[] = []
  for (const line of note.signatures) {
    const key = known.get(labelOf(line))
    if (key === undefined) continue
    if (verified.some((earlier) => sameKey({ left: earlier, right: key }))) {
      throw new ColophonError('NOTE_MALFORMED', `note has two signatures by ${labelOf(key)}, want one`)
    }
    verified.push(await verifyLine({ text: note.text, line, key, verifier }))
  }
  return { text: note.text, verified }
}

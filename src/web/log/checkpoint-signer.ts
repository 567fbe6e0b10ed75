/**
 * Signing checkpoints: C2SP tlog-checkpoint as a signed note with one Ed25519 line by the log's key.
 *
 * @module
 */
import { encodeUtf8 } from '../../core/bytes/index.ts'
import { formatCheckpoint } from '../../core/checkpoint/index.ts'
import { formatNote, keyHash, SIGNATURE_TYPE, type VerifierKey } from '../../core/note/index.ts'

/**
 * The log's key. Trusted: whoever can use it can show two people two different logs. It must sign nothing but what the
 * sequencer gives it, and one tree per size.
 */
export interface CheckpointSigner {
  /** Key name, which is the log's origin: a bare host name. */
  readonly name: string
  /** Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array

  /**
   * Ed25519 (RFC 8032), pure.
   *
   * @param text  UTF-8 of the note's text
   * @returns 64 bytes
   */
  sign(text: Uint8Array): Uint8Array
}

/** The key that verifies a signer's checkpoints. */
export const verifierKeyOf = ({ name, publicKey }: Pick<CheckpointSigner, 'name' | 'publicKey'>): VerifierKey => {
  const key = { name, type: SIGNATURE_TYPE.ed25519, publicKey }
  return { ...key, keyHash: keyHash(key) }
}

/**
 * The signed note of a checkpoint; its origin is the signer's name.
 *
 * @param input.rootHash  32 bytes
 * @throws {RangeError} a size or hash out of range, a name that is no key name
 */
export const signCheckpoint = (input: {
  readonly signer: CheckpointSigner
  readonly size: bigint
  readonly rootHash: Uint8Array
}): string => {
  const { signer, size, rootHash } = input
  const text = formatCheckpoint({ origin: signer.name, size, rootHash, extensions: [] })
  const signature = signer.sign(encodeUtf8(text))
  return formatNote({ text, signatures: [{ name: signer.name, keyHash: verifierKeyOf(signer).keyHash, signature }] })
}

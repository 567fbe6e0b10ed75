/**
 * Files sealed with age (https://age-encryption.org/v1), binary or in ASCII armor.
 *
 * Whoever has none of the keys learns the size of what is inside, and nothing else; whoever changes a byte makes the file
 * unreadable. age says nothing of who sealed it: what comes out is as hostile as any other input.
 *
 * @module
 */
import { textOfUnits } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'

const BINARY = 'age-encryption.org/v1\n'
const ARMORED = '-----BEGIN AGE ENCRYPTED FILE-----'

/** In armor the whole file becomes a string, and then another. */
const MAX_ARMORED_SIZE = 32 << 20
/** Of the header, which says for whom the file is sealed: some hundred keys, each of which is tried. */
const MAX_HEADER_SIZE = 65_536
const END_OF_HEADER = '\n---'

const startsWith = (bytes: Uint8Array, text: string): boolean => textOfUnits(bytes.subarray(0, text.length)) === text

export const isSealed = (bytes: Uint8Array): boolean => startsWith(bytes, BINARY) || startsWith(bytes, ARMORED)

export type Sealer = (bytes: Uint8Array) => Promise<Uint8Array>

/**
 * Takes the keys before there is anything to seal.
 *
 * @param recipients  age1…; at least one
 * @throws {ColophonError} KEY_MALFORMED; the text is not repeated, for it may be a secret key
 */
export async function sealerFor(recipients: readonly string[]): Promise<Sealer> {
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  for (const recipient of recipients) {
    if (/^AGE-SECRET-KEY-/i.test(recipient)) throw isSecret()
    if (!/^age1[0-9a-z]+$/.test(recipient)) throw notARecipient()
    try {
      encrypter.addRecipient(recipient)
    } catch {
      throw notARecipient()
    }
  }
  return (bytes) =>
    encrypter.encrypt(bytes).catch(() => {
      throw notARecipient()
    })
}

const isSecret = (): ColophonError =>
  new ColophonError('KEY_MALFORMED', 'this is a secret key, want the public one that belongs to it', {
    at: '--seal-for',
    hint: 'The public key begins with age1: age-keygen -y FILE prints it. Whoever saw the secret one can open files.',
  })

const notARecipient = (): ColophonError =>
  new ColophonError('KEY_MALFORMED', 'not an age recipient, want one that begins with age1', {
    at: '--seal-for',
    hint: 'Ask the auditor for the public key: age-keygen prints it.',
  })

export interface UnsealOptions {
  /** AGE-SECRET-KEY-1… or AGE-SECRET-KEY-PQ-1…; may be none. */
  readonly identities: readonly string[]
  /** Name of the file. */
  readonly at: string
}

/** @throws {ColophonError} DISCLOSURE_SEALED (for none of these keys), DISCLOSURE_MALFORMED */
export async function unseal(sealed: Uint8Array, { identities, at }: UnsealOptions): Promise<Uint8Array> {
  if (identities.length === 0) throw new ColophonError('DISCLOSURE_SEALED', 'the disclosure is sealed', { at })
  const { armor, Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  try {
    const binary = startsWith(sealed, ARMORED) ? armor.decode(armoredText(sealed)) : sealed
    requireBoundedHeader(binary)
    return await decrypter.decrypt(binary)
  } catch (cause) {
    const isForOthers = cause instanceof Error && cause.message.startsWith('no identity matched')
    if (isForOthers)
      throw new ColophonError('DISCLOSURE_SEALED', 'the disclosure is sealed for other keys', { at, hint })
    // The library's text is left out: it comes from a file of somebody else.
    const message = ColophonError.is(cause) ? cause.message : 'the sealed disclosure is damaged'
    throw new ColophonError('DISCLOSURE_MALFORMED', message, { at, cause })
  }
}

const hint = 'Ask whoever sealed it to seal it for your public key: age-keygen -y FILE prints it.'

function armoredText(sealed: Uint8Array): string {
  if (sealed.length <= MAX_ARMORED_SIZE) return textOfUnits(sealed)
  throw malformed(`the armored disclosure has more than ${MAX_ARMORED_SIZE} bytes; without armor it may have more`)
}

function requireBoundedHeader(binary: Uint8Array): void {
  if (textOfUnits(binary.subarray(0, MAX_HEADER_SIZE)).includes(END_OF_HEADER)) return
  throw malformed(`the sealed disclosure has no header of at most ${MAX_HEADER_SIZE} bytes`)
}

const malformed = (message: string): ColophonError => new ColophonError('DISCLOSURE_MALFORMED', message)

/** Whether a text is a secret key, checksum included. */
export async function isIdentity(text: string): Promise<boolean> {
  const { Decrypter } = await import('age-encryption')
  if (!/^AGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{40,200}$/.test(text)) return false
  try {
    new Decrypter().addIdentity(text)
    return true
  } catch {
    return false
  }
}

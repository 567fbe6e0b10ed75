/**
 * Identity files as age-keygen writes them: a secret key a line, lines of comment between, readable by their owner alone.
 *
 * No error carries any of their contents.
 *
 * @module
 */
import { ColophonError } from '../../core/errors.ts'
import { isIdentity } from '../../web/age/index.ts'
import { readSecretFile } from '../keys/index.ts'

/** @throws {ColophonError} KEY_PERMISSIONS, KEY_MALFORMED, FILE_UNREADABLE */
export async function readIdentities(path: string): Promise<readonly string[]> {
  const lines = readSecretFile(path).split(/\r?\n/)
  const identities = lines.filter((line) => line !== '' && !line.startsWith('#'))
  for (const identity of identities) {
    if (await isIdentity(identity)) continue
    // The text is left out: it comes from a file with a secret in it.
    const at = `${path}:${lines.indexOf(identity) + 1}`
    throw new ColophonError('KEY_MALFORMED', 'not an age identity', { at, hint: HINT })
  }
  if (identities.length > 0) return identities
  throw new ColophonError('KEY_MALFORMED', 'the file has no age identity', { at: path, hint: HINT })
}

const HINT = 'Want a file as age-keygen writes it, with a line that begins with AGE-SECRET-KEY-1.'

/**
 * Key files: one private key, PKCS#8 in PEM (RFC 7468 section 10), readable by its owner alone.
 *
 * Whoever can read such a file can sign in the owner's name. The key is not encrypted: what protects it are the
 * permissions of the file. No error carries any of its contents.
 *
 * @module
 */
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { ColophonError } from '../../core/errors.ts'
import { describeFileError, syncFolder } from '../files/index.ts'

/** P-256 and Ed25519 keys have fewer than 300. */
const MAX_KEY_FILE_SIZE = 4096
/** Permission bits of group and others. */
const NOT_OWNER = 0o077
/** Without O_NONBLOCK (which Windows has not), opening a pipe that nobody writes to would wait for ever. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Exactly one block of the one kind, base64 in lines, nothing round it. */
const PEM = /^-----BEGIN PRIVATE KEY-----\r?\n(?:[A-Za-z0-9+/=]{1,76}\r?\n)+-----END PRIVATE KEY-----\r?\n?$/

/**
 * Writes a new key file with mode 0600, durably. Never replaces a file.
 *
 * @throws {ColophonError} FILE_EXISTS, FILE_UNWRITABLE (then nothing is left there)
 */
export const writeKeyFile = ({ path, privateKey }: { path: string; privateKey: KeyObject }): void => {
  let file: number
  try {
    file = openSync(path, 'wx', 0o600)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException | null)?.code === 'EEXIST') {
      throw new ColophonError('FILE_EXISTS', 'the key file is there already', { at: path, cause })
    }
    throw new ColophonError('FILE_UNWRITABLE', describeFileError(cause, 'writing'), { at: path, cause })
  }
  try {
    try {
      writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    syncFolder(dirname(path))
  } catch (cause) {
    rmSync(path, { force: true })
    throw new ColophonError('FILE_UNWRITABLE', describeFileError(cause, 'writing'), { at: path, cause })
  }
}

/** A file with a secret, as Latin-1. @throws {ColophonError} KEY_PERMISSIONS, KEY_MALFORMED (too large), FILE_UNREADABLE */
export const readSecretFile = (path: string): string => {
  let file: number
  try {
    file = openSync(path, READ)
  } catch (cause) {
    throw new ColophonError('FILE_UNREADABLE', describeFileError(cause, 'reading'), { at: path, cause })
  }
  try {
    // Of the file that is open, not of whatever has the name by now.
    const status = fstatSync(file)
    if (!status.isFile()) throw new ColophonError('FILE_UNREADABLE', 'the key file is not a regular file', { at: path })
    if (process.platform !== 'win32' && (status.mode & NOT_OWNER) !== 0) {
      const mode = (status.mode & 0o777).toString(8).padStart(4, '0')
      throw new ColophonError('KEY_PERMISSIONS', `the key file has permissions ${mode}, want 0600`, {
        at: path,
        hint: `Run: chmod 600 ${path}`,
      })
    }
    const bytes = Buffer.alloc(MAX_KEY_FILE_SIZE + 1)
    let size = 0
    for (let read = -1; read !== 0 && size < bytes.length; size += read) {
      read = readSync(file, bytes, size, bytes.length - size, null)
    }
    if (size > MAX_KEY_FILE_SIZE) {
      throw new ColophonError('KEY_MALFORMED', `the key file has more than ${MAX_KEY_FILE_SIZE} bytes`, { at: path })
    }
    return bytes.toString('latin1', 0, size)
  } catch (cause) {
    if (ColophonError.is(cause)) throw cause
    throw new ColophonError('FILE_UNREADABLE', describeFileError(cause, 'reading'), { at: path, cause })
  } finally {
    closeSync(file)
  }
}

/**
 * Reads a key file.
 *
 * @throws {ColophonError} KEY_PERMISSIONS  group or others may do anything with it
 * @throws {ColophonError} KEY_MALFORMED    not one PKCS#8 PEM block
 * @throws {ColophonError} FILE_UNREADABLE  missing, no permission, not a regular file
 */
export const readKeyFile = (path: string): KeyObject => {
  const text = readSecretFile(path)
  if (!PEM.test(text))
    throw new ColophonError('KEY_MALFORMED', 'want one PEM block PRIVATE KEY, nothing else', { at: path })
  try {
    return createPrivateKey({ key: text, format: 'pem', type: 'pkcs8' })
  } catch {
    // OpenSSL's text is left out: it says nothing that helps, and it comes from a file with a secret in it.
    throw new ColophonError('KEY_MALFORMED', 'the PEM block is not a private key in PKCS#8', { at: path })
  }
}

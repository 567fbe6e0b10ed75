/**
 * Reading the files that a declaration names with `file: path`: inside the declaration's own folder, and nowhere else.
 *
 * A declaration may come from somebody else; what it names would be sent to a model and kept. So no absolute paths, no
 * `..`, and no symbolic link that leads out.
 *
 * @module
 */
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs'
import { isAbsolute, join, sep } from 'node:path'
import type { ReadFile } from '../../core/declaration/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { describeFileError } from '../files/index.ts'

/** Largest file that a declaration may name. */
export const MAX_CONTENT_SIZE = 4 * 1024 * 1024

/** @param folder where the declaration lies */
export function containedFileReader(folder: string): ReadFile {
  return (path) => {
    const segments = path.split(/[/\\]/)
    if (path === '' || path.includes('\0') || isAbsolute(path) || /^[a-z]:/i.test(path) || segments.includes('..')) {
      throw outside('want a path inside the folder of the declaration', path)
    }
    return readRegularFile(realPathInside(folder, path), join(folder, path))
  }
}

function realPathInside(folder: string, path: string): string {
  try {
    const root = realpathSync(folder)
    const real = realpathSync(join(root, path))
    if (real.startsWith(root.endsWith(sep) ? root : root + sep)) return real
  } catch (cause) {
    throw unreadable(join(folder, path), cause)
  }
  throw outside('want no symbolic link that leads out of the folder of the declaration', path)
}

/** The path is a real one: a link that takes its place in the meantime is not followed. */
function readRegularFile(real: string, path: string): Uint8Array {
  let file: number | undefined
  try {
    file = openSync(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    if (!fstatSync(file).isFile()) throw new ColophonError('FILE_UNREADABLE', 'not a regular file', { at: path })
    const bytes = new Uint8Array(MAX_CONTENT_SIZE + 1)
    let size = 0
    for (let read = -1; read !== 0 && size < bytes.length; size += read) {
      read = readSync(file, bytes, size, bytes.length - size, null)
    }
    if (size <= MAX_CONTENT_SIZE) return bytes.slice(0, size)
  } catch (cause) {
    throw unreadable(path, cause)
  } finally {
    if (file !== undefined) closeSync(file)
  }
  throw new ColophonError('FILE_TOO_LARGE', `the file has more than ${MAX_CONTENT_SIZE} bytes`, { at: path })
}

function unreadable(path: string, cause: unknown): ColophonError {
  if (ColophonError.is(cause)) return cause
  return new ColophonError('FILE_UNREADABLE', describeFileError(cause, 'reading'), { at: path, cause })
}

const outside = (message: string, path: string): ColophonError =>
  new ColophonError('DECLARATION_MALFORMED', `file: ${message}, got ${JSON.stringify(path)}`, {
    hint: 'Put the file beside the declaration, and name it relative to it.',
  })

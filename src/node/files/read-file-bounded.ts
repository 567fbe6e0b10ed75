/**
 * Reading files of unknown size, and of unknown kind: /dev/zero has no end.
 *
 * @module
 */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { ColophonError } from '../../core/errors.ts'
import { describeFileError } from './describe-file-error.ts'

/** Bytes set aside at first. */
const START_SIZE = 65_536

/** Without O_NONBLOCK (which Windows has not), opening a pipe that nobody writes to would wait for ever. */
const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

export interface ReadFileOptions {
  readonly maxBytes: number
  /** Refuse a pipe or a device. Files that people name may be pipes; those of an issuer's folder never are. */
  readonly regular?: boolean
}

/**
 * The whole of a file. Never holds more than twice `maxBytes`, into however small pieces a pipe cuts it.
 *
 * @throws {ColophonError} FILE_UNREADABLE  missing, a folder, no permission, an I/O error, not regular where it has to be
 * @throws {ColophonError} FILE_TOO_LARGE   more than `maxBytes`
 */
export const readFileBounded = async (path: string, options: ReadFileOptions): Promise<Uint8Array> => {
  const { maxBytes, regular = false } = options
  let buffer = new Uint8Array(Math.min(START_SIZE, maxBytes + 1))
  let sizeBytes = 0
  try {
    const file = await open(path, regular ? READ_AT_ONCE : 'r')
    try {
      // What says beforehand that it is too large is not read in vain; what grows, or does not say, is stopped below.
      const status = await file.stat()
      if (regular && !status.isFile() && !status.isDirectory()) {
        throw new ColophonError('FILE_UNREADABLE', 'it is not a regular file', { at: path })
      }
      if (status.isFile() && status.size > maxBytes) throw tooLarge(path, maxBytes)
      for (;;) {
        const { bytesRead } = await file.read(buffer, sizeBytes, buffer.length - sizeBytes)
        if (bytesRead === 0) break
        sizeBytes += bytesRead
        if (sizeBytes > maxBytes) throw tooLarge(path, maxBytes)
        if (sizeBytes < buffer.length) continue
        const larger = new Uint8Array(Math.min(sizeBytes * 2, maxBytes + 1))
        larger.set(buffer)
        buffer = larger
      }
    } finally {
      await file.close()
    }
  } catch (cause) {
    if (ColophonError.is(cause)) throw cause
    throw new ColophonError('FILE_UNREADABLE', describeFileError(cause, 'reading'), { at: path, cause })
  }
  return buffer.slice(0, sizeBytes)
}

const tooLarge = (path: string, maxBytes: number): ColophonError =>
  new ColophonError('FILE_TOO_LARGE', `the file has more than ${maxBytes} bytes`, { at: path })

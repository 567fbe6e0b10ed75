/**
 * Reading files of unknown size, and of unknown kind: /dev/zero has no end.
 *
 * @module
 */
import { open } from 'node:fs/promises'
import { ColophonError } from '../../core/errors.ts'
import { describeFileError } from './describe-file-error.ts'

/** Bytes set aside at first. */
const START_SIZE = 65_536

/**
 * The whole of a file. Never holds more than twice `maxBytes`, into however small pieces a pipe cuts it.
 *
 * @throws {ColophonError} FILE_UNREADABLE  missing, a folder, no permission, an I/O error
 * @throws {ColophonError} FILE_TOO_LARGE   more than `maxBytes`
 */
export const readFileBounded = async (path: string, options: { readonly maxBytes: number }): Promise<Uint8Array> => {
  const { maxBytes } = options
  let buffer = new Uint8Array(Math.min(START_SIZE, maxBytes + 1))
  let sizeBytes = 0
  try {
    const file = await open(path, 'r')
    try {
      for (;;) {
        const { bytesRead } = await file.read(buffer, sizeBytes, buffer.length - sizeBytes)
        if (bytesRead === 0) break
        sizeBytes += bytesRead
        if (sizeBytes > maxBytes) {
          throw new ColophonError('FILE_TOO_LARGE', `the file has more than ${maxBytes} bytes`, { at: path })
        }
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

/**
 * Reading files of unknown size, and of unknown kind: /dev/zero has no end.
 *
 * @module
 */
import { open } from 'node:fs/promises'
import { ColophonError } from '../../core/errors.ts'

/** Bytes per read. */
const CHUNK_SIZE = 65_536

/**
 * The whole of a file. Never holds more than `maxBytes` and one chunk.
 *
 * @throws {ColophonError} FILE_UNREADABLE  missing, a folder, no permission, an I/O error
 * @throws {ColophonError} FILE_TOO_LARGE   more than `maxBytes`
 */
export const readFileBounded = async (path: string, options: { readonly maxBytes: number }): Promise<Uint8Array> => {
  const { maxBytes } = options
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  try {
    const file = await open(path, 'r')
    try {
      for (;;) {
        const chunk = new Uint8Array(Math.min(CHUNK_SIZE, maxBytes + 1 - sizeBytes))
        const { bytesRead } = await file.read(chunk, 0, chunk.length)
        if (bytesRead === 0) break
        chunks.push(chunk.subarray(0, bytesRead))
        sizeBytes += bytesRead
        if (sizeBytes > maxBytes) {
          throw new ColophonError('FILE_TOO_LARGE', `the file has more than ${maxBytes} bytes`, { at: path })
        }
      }
    } finally {
      await file.close()
    }
  } catch (cause) {
    if (ColophonError.is(cause)) throw cause
    const reason = (cause as NodeJS.ErrnoException | null)?.code ?? 'an unknown error'
    throw new ColophonError('FILE_UNREADABLE', `reading the file failed with ${reason}`, { at: path, cause })
  }
  const bytes = new Uint8Array(sizeBytes)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

/**
 * Files that are there whole, or not at all, also after a power cut.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { link, lstat, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ColophonError } from '../../core/errors.ts'
import { describeFileError } from './describe-file-error.ts'
import { syncFolder } from './sync-folder.ts'

export interface WriteFileOptions {
  /** Replace a file that is there. Without it, one that is there is refused. */
  readonly overwrite?: boolean
  /** Permissions of a new file, as in 0o600. Default: 0o666 less the umask. */
  readonly mode?: number
}

const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  codes.includes(String((error as NodeJS.ErrnoException | null)?.code))

/** Gives the temporary file its name, unless the name is taken. A link, unlike a rename, fails where it is. */
const publishNew = async ({ temporary, path }: { temporary: string; path: string }): Promise<void> => {
  try {
    await link(temporary, path)
    await rm(temporary)
  } catch (error) {
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error
    // A file system without links: between the look and the rename somebody else's file could be lost.
    if (await isThere(path)) throw Object.assign(new Error('file exists'), { code: 'EEXIST' })
    await rename(temporary, path)
  }
}

const isThere = async (path: string): Promise<boolean> => {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false
    throw error
  }
}

/**
 * Writes a file so that anybody who reads the name finds either nothing (or the old contents) or all of the new ones:
 * a temporary file beside it, fsync, rename, fsync of the folder. If the process dies here, a file named
 * `.<name>.<random>.tmp` may be left over.
 *
 * @throws {ColophonError} FILE_EXISTS      the name is taken, and `overwrite` was not asked for
 * @throws {ColophonError} FILE_UNWRITABLE  anything else; the name is what it was, unless only the folder's fsync failed
 */
export const writeFileDurably = async (
  path: string,
  bytes: Uint8Array,
  options: WriteFileOptions = {},
): Promise<void> => {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`)
  try {
    // Early, so that nothing is written in vain; what decides is the link.
    if (options.overwrite !== true && (await isThere(path))) throw Object.assign(new Error(), { code: 'EEXIST' })
    const file = await open(temporary, 'wx', options.mode ?? 0o666)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    if (options.overwrite === true) await rename(temporary, path)
    else await publishNew({ temporary, path })
    syncFolder(dirname(path))
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined)
    if (hasCode(cause, 'EEXIST'))
      throw new ColophonError('FILE_EXISTS', 'the file is there already', { at: path, cause })
    throw new ColophonError('FILE_UNWRITABLE', describeFileError(cause, 'writing'), { at: path, cause })
  }
}

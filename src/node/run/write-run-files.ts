/**
 * The files of a run: the answer, and beside it its record and its disclosure. All of them, or none.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import type { Stats } from 'node:fs'
import { access, constants, lstat, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ColophonError } from '../../core/errors.ts'
import { describeFileError, writeFileDurably } from '../files/index.ts'

export interface RunFiles {
  readonly answer: string
  readonly record: string
  readonly disclosure: string
}

/** The names beside an answer's. */
export const runFilesOf = (answer: string): RunFiles => ({
  answer,
  record: `${answer}.sigstore.json`,
  disclosure: `${answer}.disclosure.json`,
})

export interface FileToWrite {
  readonly path: string
  /** Undefined for a file that shall not be there: an older run's would not fit. */
  readonly bytes: Uint8Array | undefined
  readonly mode?: number
}

/**
 * Refuses early, before a run is made in vain.
 *
 * @param paths           all in one folder
 * @param options.option  of the command line, that names the file
 * @throws {ColophonError} FILE_EXISTS, FILE_UNWRITABLE
 */
export async function requireWritable(
  paths: readonly [string, ...(readonly string[])],
  { overwrite, option = '--out' }: { readonly overwrite: boolean; readonly option?: string },
): Promise<void> {
  const folder = dirname(paths[0])
  try {
    // With the slash a file is no folder.
    await access(`${folder}/`, constants.W_OK)
  } catch (cause) {
    throw new ColophonError('FILE_UNWRITABLE', 'the folder cannot be written to', { at: folder, cause })
  }
  for (const path of paths) {
    const there = await statusOf(path)
    if (there === undefined) continue
    if (!there.isFile()) {
      // A folder could be the issuer's, with its keys; a device or a link would be replaced by a file.
      throw new ColophonError('FILE_EXISTS', 'something other than a file has this name, and is not overwritten', {
        at: path,
        hint: `Choose another name: ${option} FILE.`,
      })
    }
    if (overwrite) continue
    throw new ColophonError('FILE_EXISTS', 'the file is there already', {
      at: path,
      hint: `Choose another name (${option} FILE), or overwrite it (--force).`,
    })
  }
}

/** Undefined where there is nothing, and there could be: names while writing are longer. */
async function statusOf(path: string): Promise<Stats | undefined> {
  try {
    await lstat(asideOf(path)).catch(requireMissing)
    return await lstat(path)
  } catch (cause) {
    if (isMissing(cause)) return undefined
    throw new ColophonError('FILE_UNWRITABLE', describeFileError(cause, 'writing'), { at: path, cause })
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException | null)?.code === 'ENOENT'

const requireMissing = (error: unknown): void => {
  if (!isMissing(error)) throw error
}

/**
 * Files that are replaced are moved aside first, and back where something fails. If the process dies in between, what was
 * there is left as `.NAME.RANDOM.old`.
 *
 * @throws {ColophonError} FILE_EXISTS, FILE_UNWRITABLE  everything is as it was
 */
export async function writeTogether(
  files: readonly FileToWrite[],
  { overwrite }: { readonly overwrite: boolean },
): Promise<void> {
  const undo: (() => Promise<void>)[] = []
  const done: (() => Promise<void>)[] = []
  try {
    for (const { path, bytes, mode } of files) {
      const aside = overwrite ? await moveAside(path) : undefined
      if (aside !== undefined) {
        undo.push(() => rename(aside, path))
        done.push(() => rm(aside, { force: true }))
      }
      if (bytes === undefined) continue
      await writeFileDurably(path, bytes, mode === undefined ? {} : { mode })
      undo.push(() => rm(path, { force: true }))
    }
  } catch (error) {
    for (const step of undo.reverse()) await step()
    throw error
  }
  for (const step of done) await step()
}

const asideOf = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}.old`)

async function moveAside(path: string): Promise<string | undefined> {
  if (!(await isThere(path))) return undefined
  const aside = asideOf(path)
  try {
    await rename(path, aside)
    return aside
  } catch (cause) {
    throw new ColophonError('FILE_UNWRITABLE', 'the file cannot be replaced', { at: path, cause })
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined
}

/**
 * What went wrong with a file, in words: the codes of operating systems mean nothing to most people.
 *
 * @module
 */

const WORDS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission is denied'],
  ['EPERM', 'permission is denied'],
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'a part of its path is not a folder'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'no space is left on the disk'],
  ['EDQUOT', 'the quota of the disk is used up'],
  ['ENAMETOOLONG', 'its name is too long'],
  ['ELOOP', 'its symbolic links lead round in a circle'],
])

/** The error's own text is left out: it quotes whatever it likes. A code without words here stands as it is. */
export function describeFileError(error: unknown, doing: 'reading' | 'writing'): string {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? 'an unknown error'
  if (code === 'ENOENT') return doing === 'reading' ? 'there is no such file' : 'the folder to write to is not there'
  return WORDS.get(code) ?? `${doing} failed with ${code}`
}
